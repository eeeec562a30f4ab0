//! Uses the app as a person would: a desktop of its own, the real program, its real window.
//!
//! A [`Desktop`] is a display, a message bus, an unlocked keychain and a home folder that nobody else uses, so
//! that any number of them run side by side. A [`Window`] is the program on it, driven over `WebDriver`. Every
//! helper of a window waits for what it needs, so that nothing has to sleep and hope.
//!
//! Needs Linux with Xvfb, dbus-daemon, gnome-keyring and `WebKitWebDriver`; elsewhere the crate is empty.
//!
//! ```no_run
//! # #[cfg(target_os = "linux")]
//! # fn main() -> Result<(), sheaf_window_driver::DriverError> {
//! use sheaf_window_driver::{Desktop, Keychain};
//!
//! let desktop = Desktop::start(Keychain::Unlocked)?;
//! let window = desktop.open("target/debug/sheaf-desktop".as_ref())?;
//! window.click("main-menu")?;
//! # Ok(())
//! # }
//! # #[cfg(not(target_os = "linux"))]
//! # fn main() {}
//! ```
#![cfg(target_os = "linux")]

mod desktop;
mod error;
mod http;
mod options;
mod process;
mod wait;
mod webdriver;
mod window;

pub use desktop::{Desktop, Keychain};
pub use error::DriverError;
pub use options::WindowOptions;
pub use wait::until;
pub use webdriver::Element;
pub use window::Window;
