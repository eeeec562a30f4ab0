use std::path::Path;

use sheaf_demo::Team;

use crate::failure::Failure;
use crate::launch;
use crate::program::{Program, target};

/// The same each time, so that a project cloned in one run is pulled in the next.
const PORT: u16 = 47443;

/// Opens the window on a demo host, or walks through it where there is no display.
pub(crate) fn run(headless: bool) -> Result<(), Failure> {
    let headless = headless || !has_display();
    let program = launch::build(headless)?;
    if headless {
        return unseen(&program);
    }
    let demo = target().join("demo");
    let team = Team::start_in(&demo.join("host"), PORT)?;
    print!("{}", invitation(&team));
    let status = Program::new(&program, &[])
        // The demo's projects stay out of the list of the user's own.
        .env("XDG_DATA_HOME", demo.join("data"))
        .spawn()?
        .wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("Sheaf ended with {status}")))
    }
}

fn invitation(team: &Team) -> String {
    format!(
        "
A Git host is running for this demo. In the window, choose Clone repository… and enter:

  Git URI                {}
  Access token           {}
  Certificate authority  {}

Then edit a request, commit and push. A colleague's work waits on the branch {};
the branch {} takes pull requests only, so a push to it is refused.
The host keeps what was pushed, and stops with the window.

",
        team.url(),
        Team::TOKEN,
        team.host().ca_file().display(),
        Team::COLLEAGUES_BRANCH,
        Team::PROTECTED_BRANCH,
    )
}

#[cfg(target_os = "linux")]
fn unseen(program: &Path) -> Result<(), Failure> {
    let team = Team::start()?;
    crate::tour::tour(program, &team, &target().join("demo"))
}

#[cfg(not(target_os = "linux"))]
fn unseen(_: &Path) -> Result<(), Failure> {
    Err(Failure::new(
        "--headless needs Linux, where a display can be made up",
    ))
}

/// Only X11 and Wayland can be absent.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
