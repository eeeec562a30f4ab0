use std::path::Path;

use sheaf_demo::{Connection, Person, Team};
use sheaf_window_driver::{Desktop, Keychain, Window};

use crate::failure::Failure;

/// Walks through a day's work in the real window and leaves a picture of each step.
pub(crate) fn tour(program: &Path, team: &Team, pictures: &Path) -> Result<(), Failure> {
    let desktop = Desktop::start(Keychain::Unlocked)?;
    let window = desktop.open(program)?;
    let mut album = Album::new(&window, pictures);
    let ana = Person::at(&window);

    window.see("dashboard-empty")?;
    album.picture("dashboard-empty")?;
    ana.opens_clone()?;
    ana.enters("clone", &Connection::of(team))?;
    ana.tests_connection("clone")?;
    album.picture("clone")?;
    ana.clones_to(&desktop.home().join("Sheaf/parcel-tracking"))?;
    ana.opens("Create shipment")?;
    album.picture("cloned")?;
    window.close()?;
    Ok(())
}

/// The pictures, numbered in the order they were taken.
struct Album<'a> {
    window: &'a Window,
    folder: &'a Path,
    taken: usize,
}

impl<'a> Album<'a> {
    fn new(window: &'a Window, folder: &'a Path) -> Self {
        Self {
            window,
            folder,
            taken: 0,
        }
    }

    fn picture(&mut self, name: &str) -> Result<(), Failure> {
        self.taken += 1;
        let file = self.folder.join(format!("{:02}-{name}.png", self.taken));
        self.window.picture(&file)?;
        println!("  {}", file.display());
        Ok(())
    }
}
