//! The options of one command, gathered before they become a request.

use super::options::{Does, long, short};
use super::words::Command;
use crate::import::Notes;

/// One request as a command describes it.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // switches of a command line
pub(super) struct Parsed {
    pub urls: Vec<String>,
    pub method: Option<String>,
    pub headers: Vec<String>,
    pub data: Vec<Data>,
    pub form: Vec<(String, bool)>,
    pub user: Option<String>,
    pub scheme: Scheme,
    pub query: Vec<String>,
    pub cookies: Vec<String>,
    pub user_agent: Option<String>,
    pub referer: Option<String>,
    pub upload: Option<String>,
    pub get: bool,
    pub head: bool,
    pub follow: bool,
    pub json: bool,
}

/// A piece of data.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// As it is.
    Text(String),
    /// Content of a file.
    File(String),
    /// To be encoded: `content`, `=content`, `name=content`.
    Encoded(String),
}

/// How user and password, or a token, are sent.
#[derive(Debug, Clone, Default)]
pub(super) enum Scheme {
    #[default]
    Basic,
    Digest,
    Ntlm,
    Netrc,
    Bearer(String),
    Aws(String),
}

/// Reads the words of one command. `--next` makes several requests of it.
pub(super) fn parse(words: &Command, notes: &mut Notes) -> Option<Vec<Parsed>> {
    let at = words.iter().position(|word| is_curl(word))?;
    let mut all = vec![Parsed::default()];
    let mut rest = words[at + 1..].iter();
    let mut only_urls = false;
    while let Some(word) = rest.next() {
        if word == "--" && !only_urls {
            only_urls = true;
        } else if let Some(name) = word.strip_prefix("--").filter(|_| !only_urls) {
            take_long(&mut all, name, &mut rest, notes);
        } else if let Some(letters) = word
            .strip_prefix('-')
            .filter(|letters| !letters.is_empty() && !only_urls)
        {
            take_short(&mut all, letters, &mut rest, notes);
        } else if let Some(parsed) = all.last_mut() {
            parsed.urls.push(word.clone());
        }
    }
    all.retain(|parsed| !parsed.urls.is_empty());
    Some(all)
}

/// Is this the program, by whatever path?
fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}

type Rest<'w> = std::slice::Iter<'w, String>;

fn take_long(all: &mut Vec<Parsed>, name: &str, rest: &mut Rest<'_>, notes: &mut Notes) {
    let Some(known) = long(name) else {
        if name.strip_prefix("no-").and_then(long).is_none() {
            notes.left("Unknown options of cURL are not taken", &format!("--{name}"));
        }
        return;
    };
    let value = if known.takes_value {
        rest.next().cloned().unwrap_or_default()
    } else {
        String::new()
    };
    apply(all, known.does, name, value, notes);
}

/// `-sSLX POST`, `-XPOST`: letters until one takes the rest, or the next word, as its value.
fn take_short(all: &mut Vec<Parsed>, letters: &str, rest: &mut Rest<'_>, notes: &mut Notes) {
    let mut letters = letters.chars();
    while let Some(letter) = letters.next() {
        let Some((name, known)) = short(letter).and_then(|name| Some((name, long(name)?))) else {
            notes.left("Unknown options of cURL are not taken", &format!("-{letter}"));
            continue;
        };
        if known.takes_value {
            let glued = letters.as_str();
            let value = if glued.is_empty() {
                rest.next().cloned().unwrap_or_default()
            } else {
                glued.to_owned()
            };
            return apply(all, known.does, name, value, notes);
        }
        apply(all, known.does, name, String::new(), notes);
    }
}

fn apply(all: &mut Vec<Parsed>, does: Does, name: &str, value: String, notes: &mut Notes) {
    if does == Does::Next {
        return all.push(Parsed::default());
    }
    let Some(parsed) = all.last_mut() else { return };
    match does {
        Does::Method => parsed.method = Some(value),
        Does::Header => parsed.headers.push(value),
        Does::Data => parsed.data.push(match value.strip_prefix('@') {
            Some(file) => Data::File(file.to_owned()),
            None => Data::Text(value),
        }),
        Does::DataRaw => parsed.data.push(Data::Text(value)),
        Does::DataUrlEncoded => parsed.data.push(Data::Encoded(value)),
        Does::Json => {
            parsed.json = true;
            parsed.data.push(match value.strip_prefix('@') {
                Some(file) => Data::File(file.to_owned()),
                None => Data::Text(value),
            });
        }
        Does::Form => parsed.form.push((value, true)),
        Does::FormString => parsed.form.push((value, false)),
        Does::User => parsed.user = Some(value),
        Does::Url => parsed.urls.push(value),
        Does::UrlQuery => parsed.query.push(value),
        Does::Cookie => parsed.cookies.push(value),
        Does::UserAgent => parsed.user_agent = Some(value),
        Does::Referer => parsed.referer = Some(value),
        Does::Upload => parsed.upload = Some(value),
        Does::Get => parsed.get = true,
        Does::Head => parsed.head = true,
        Does::Location => parsed.follow = true,
        Does::Digest => parsed.scheme = Scheme::Digest,
        Does::Ntlm => parsed.scheme = Scheme::Ntlm,
        Does::Netrc => parsed.scheme = Scheme::Netrc,
        Does::Bearer => parsed.scheme = Scheme::Bearer(value),
        Does::AwsSigV4 => parsed.scheme = Scheme::Aws(value),
        Does::Left => notes.left(
            "Options that have no place in a request are not taken",
            &format!("--{name}"),
        ),
        Does::Basic | Does::Nothing | Does::Next => {}
    }
}
