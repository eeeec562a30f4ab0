use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::error::Result;
use crate::process::{Background, mortal};
use crate::wait::{PATIENCE, until};
use crate::{DriverError, Window, WindowOptions};

/// Not empty: gnome-keyring writes a keyring with an empty password in clear text, and a test that looks for
/// tokens in files would find it.
const KEYRING_PASSWORD: &[u8] = b"only for this desktop";

/// Variables and their values.
type Environment = Vec<(OsString, OsString)>;

/// What the desktop offers to keep secrets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keychain {
    /// gnome-keyring, unlocked.
    Unlocked,
    /// No service at all.
    Missing,
}

/// A display, a message bus, a keychain and a home folder of its own. Everything ends when it is dropped.
#[derive(Debug)]
pub struct Desktop {
    environment: Environment,
    windows: AtomicU32,
    // Dropped in this order: what uses a service goes before the service.
    _keychain: Option<Background>,
    _bus: Background,
    _display: Background,
    folder: TempDir,
}

impl Desktop {
    /// Starts a desktop and waits until its services answer.
    pub fn start(keychain: Keychain) -> Result<Self> {
        let folder = TempDir::with_prefix("sheaf-").map_err(DriverError::io("no temporary folder"))?;
        let mut environment = folders(folder.path())?;
        choose_look(folder.path())?;
        let (display, number) = display()?;
        environment.push(("DISPLAY".into(), format!(":{number}").into()));
        let (bus, address) = bus(folder.path())?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), address.into()));
        let keychain = match keychain {
            Keychain::Unlocked => Some(unlock_keychain(&environment)?),
            Keychain::Missing => None,
        };
        Ok(Self {
            environment,
            windows: AtomicU32::new(0),
            _keychain: keychain,
            _bus: bus,
            _display: display,
            folder,
        })
    }

    /// The home folder of whoever uses this desktop.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Opens a program's window and takes hold of it.
    pub fn open(&self, program: &Path) -> Result<Window> {
        self.open_with(&WindowOptions::new(program))
    }

    /// As [`open`](Self::open), with arguments and variables.
    pub fn open_with(&self, options: &WindowOptions) -> Result<Window> {
        let number = self.windows.fetch_add(1, Ordering::Relaxed);
        let log = self.folder.path().join(format!("window-{number}.log"));
        let mut driver = command("WebKitWebDriver", &self.environment);
        driver.envs(options.environment.iter().map(|(name, value)| (name, value)));
        Window::open(driver, options, log)
    }

    /// Runs a program on this desktop to its end; an error if it does not end in time.
    pub fn run(&self, program: &Path, arguments: &[&str], limit: Duration) -> Result<ExitStatus> {
        let mut command = command(program, &self.environment);
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut running = Background::spawn(&mut command)?;
        until("the end of the program", limit, || {
            match running.child().try_wait() {
                Ok(Some(status)) => Ok(status),
                Ok(None) => Err("it is still running".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        })
    }
}

/// A command that sees this desktop and nothing of the surroundings that could change the outcome.
fn command(program: impl AsRef<OsStr>, environment: &Environment) -> Command {
    let mut command = mortal(program);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command.env_remove("WAYLAND_DISPLAY");
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command
}

fn unlock_keychain(environment: &Environment) -> Result<Background> {
    let mut command = command("gnome-keyring-daemon", environment);
    command
        .args(["--foreground", "--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut daemon = Background::spawn(&mut command)?;
    if let Some(mut stdin) = daemon.child().stdin.take() {
        stdin
            .write_all(KEYRING_PASSWORD)
            .map_err(DriverError::io("the keychain took no password"))?;
    }
    until("the keychain's start", PATIENCE, || has_keychain(environment))?;
    Ok(daemon)
}

fn has_keychain(environment: &Environment) -> std::result::Result<(), String> {
    let output = command("dbus-send", environment)
        .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"])
        .args([
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ])
        .output()
        .map_err(|error| error.to_string())?;
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    if answer.contains("boolean true") {
        Ok(())
    } else {
        Err(answer)
    }
}

/// The folders of a user, and the variables that name them.
fn folders(root: &Path) -> Result<Environment> {
    let home = root.join("home");
    let named = [
        ("HOME", home.clone()),
        ("XDG_DATA_HOME", home.join(".local/share")),
        ("XDG_CONFIG_HOME", home.join(".config")),
        ("XDG_CACHE_HOME", home.join(".cache")),
        ("XDG_RUNTIME_DIR", root.join("run")),
    ];
    for (_, folder) in &named {
        // The runtime folder must belong to its user alone, and the others may.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(DriverError::io("a home folder could not be made"))?;
    }
    let fixed = [
        ("GDK_BACKEND", "x11"),
        ("LANG", "C.UTF-8"),
        ("LC_ALL", "C.UTF-8"),
        // There is no accessibility bus here to look for.
        ("NO_AT_BRIDGE", "1"),
        ("SHEAF_CONSOLE", "1"),
        ("TAURI_WEBVIEW_AUTOMATION", "true"),
    ];
    let fixed = fixed.map(|(name, value)| (name.into(), value.into()));
    let named = named.map(|(name, folder)| (name.into(), folder.into()));
    Ok(named.into_iter().chain(fixed).collect())
}

/// The font of the common Linux desktops, so that pictures show what most people see, and no motion: a click on what
/// still moves may land beside it.
fn choose_look(root: &Path) -> Result<()> {
    let folder = root.join("home/.config/gtk-3.0");
    std::fs::create_dir_all(&folder)
        .and_then(|()| {
            std::fs::write(
                folder.join("settings.ini"),
                "[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=false\n",
            )
        })
        .map_err(DriverError::io("the look of the desktop could not be chosen"))
}

/// A display without a screen; it chooses a free number itself and says which.
fn display() -> Result<(Background, String)> {
    let mut command = mortal("Xvfb");
    command
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x860x24",
            "-nolisten",
            "tcp",
        ])
        .stderr(Stdio::null());
    Background::announced(&mut command)
}

/// A bus that starts no service by itself: what the test did not start is not there.
fn bus(root: &Path) -> Result<(Background, String)> {
    let config = root.join("bus.conf");
    let text = format!(
        r#"<busconfig>
  <type>session</type>
  <listen>unix:path={}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        root.join("bus").display()
    );
    std::fs::write(&config, text).map_err(DriverError::io("the bus could not be set up"))?;
    let mut command = mortal("dbus-daemon");
    command
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .stderr(Stdio::null());
    Background::announced(&mut command)
}
