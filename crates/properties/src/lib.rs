//! What holds of every reader and writer, whatever it is fed.
//!
//! A property takes any bytes and panics where it does not hold. `fuzz/` feeds them by `cargo fuzz`, for hours and with
//! an eye on what the code does with them; the tests here feed the same seeds and some thousand changes to them.

mod collection_legacy;
mod collection_v5;
mod feed;
mod guard;
mod import;
mod import_shapes;
mod index_read;
mod packs;
mod received;
mod scratch;
mod server_words;
mod shown;
mod transport;
mod trees;
mod uri;
mod yaml_parse;
mod yaml_patch;
mod yaml_write;

/// Something that holds of any bytes.
#[derive(Clone, Copy)]
pub struct Property {
    /// The name of its target and of the folder with its seeds.
    pub name: &'static str,
    /// Panics where it does not hold.
    pub check: fn(&[u8]),
}

macro_rules! properties {
    ($($name:ident),* $(,)?) => {
        /// All of them.
        pub const ALL: &[Property] = &[$(Property { name: stringify!($name), check: $name::check }),*];
        $(
            /// See [`ALL`].
            pub fn $name(bytes: &[u8]) {
                $name::check(bytes);
            }
        )*
    };
}

properties!(
    collection_legacy,
    collection_v5,
    guard,
    import,
    import_shapes,
    index_read,
    packs,
    received,
    server_words,
    transport,
    trees,
    uri,
    yaml_parse,
    yaml_patch,
    yaml_write,
);
