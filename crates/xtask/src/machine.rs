use crate::failure::Failure;
use crate::program::Program;

/// To build the app.
const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "pkg-config", "cmake", "git"];
/// To use its window where there is no display. The fonts are for those who look at the pictures.
const HEADLESS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "gnome-keyring",
    "fonts-dejavu-core",
    "fonts-cantarell",
];
/// To end programs in the middle of a call, and to have clocks jump.
const FAULTS: &[&str] = &["strace", "libfaketime"];

/// Sees to it that the machine has what a task needs.
///
/// On Debian and its relatives what is missing is installed. Elsewhere the compiler says what it misses, and
/// says it better.
pub(crate) fn prepare(headless: bool) -> Result<(), Failure> {
    for (program, advice) in [
        (
            "node",
            "Sheaf's page is built with Node 20 or newer: https://nodejs.org",
        ),
        ("npm", "npm comes with Node: https://nodejs.org"),
    ] {
        let program = if cfg!(windows) && program == "npm" {
            "npm.cmd"
        } else {
            program
        };
        if !Program::new(program, &["--version"]).works() {
            return Err(Failure::new(format!("{program} is missing. {advice}")));
        }
    }
    if !cfg!(target_os = "linux") || !Program::new("dpkg-query", &["--version"]).works() {
        return Ok(());
    }
    let of_tests = HEADLESS.iter().chain(FAULTS).filter(|_| headless);
    let wanted = BUILD.iter().chain(of_tests);
    let missing: Vec<&str> = wanted.copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("This machine lacks {}. Installing:", missing.join(", "));
    apt(&["update", "-q"])?;
    apt(&[
        &["install", "-y", "-q", "--no-install-recommends"],
        missing.as_slice(),
    ]
    .concat())
}

fn is_installed(package: &str) -> bool {
    Program::new(
        "dpkg-query",
        &["--show", "--showformat=${db:Status-Status}", package],
    )
    .output()
    .is_some_and(|status| status == "installed")
}

fn apt(arguments: &[&str]) -> Result<(), Failure> {
    let root = Program::new("id", &["-u"])
        .output()
        .is_some_and(|id| id.trim() == "0");
    let apt = if root {
        Program::new("apt-get", arguments)
    } else {
        Program::new("sudo", &[&["apt-get"], arguments].concat())
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive").run()
}
