//! An operation that something happens to.

use std::process::Command;

use crate::moment::Life;
use crate::operation::{Operation, command};
use crate::scene::Scene;
use crate::state::{Eye, State};
use crate::support::ran;

/// The operation, and what the project is before and after it.
pub(crate) struct Trial {
    pub(crate) operation: Operation,
    pub(crate) scene: Scene,
    pub(crate) eye: Eye,
    pub(crate) before: State,
    pub(crate) after: State,
    pub(crate) life: Life,
}

impl Trial {
    pub(crate) fn new(operation: Operation) -> Self {
        let scene = Scene::new(&operation.prepare);
        let eye = Eye::default();
        let before = eye.state(&scene);
        let life = Life::of(&|| operation.command(&scene), &|| scene.again());
        let after = eye.state(&scene);
        assert_ne!(before, after, "{} does nothing", operation.name);
        Self {
            operation,
            scene,
            eye,
            before,
            after,
            life,
        }
    }

    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str], what: &str) {
        finish(command(&self.scene, arguments), what);
    }
}

#[track_caller]
pub(crate) fn finish(command: Command, what: &str) {
    let told = format!("{what}: {:?}", command.get_args());
    let ran = ran(command, None);
    assert_eq!(ran.status, 0, "{told}: {}{}", ran.stdout, ran.stderr);
}
