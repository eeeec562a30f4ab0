//! Requests as cURL commands, one after the other.

use crate::collections::Collections;
use crate::edit::EditError;
use crate::model::{Kind, ResourceId};

impl Collections {
    /// A command for every HTTP request of a collection, a folder, or for the one request; and what has no command.
    pub fn export_curl(&self, id: &ResourceId) -> Result<(String, Vec<String>), EditError> {
        self.editable(id)?;
        let mut commands = Vec::new();
        let mut notes = Vec::new();
        for inner in self.with_descendants(id) {
            let Some((_, resource)) = self.located(&inner) else {
                continue;
            };
            match resource.kind {
                Kind::Request => {
                    let name = resource.name().replace(['\n', '\r'], " ");
                    commands.push(format!("# {name}\n{}\n", self.curl(&inner, None)?));
                }
                Kind::GrpcRequest | Kind::WebSocketRequest | Kind::SocketIORequest | Kind::McpRequest => {
                    notes.push(format!(
                        "“{}” is no HTTP request and is left out.",
                        resource.name()
                    ));
                }
                _ => {}
            }
        }
        if commands.is_empty() {
            return Err(EditError::bad_place("there is no HTTP request in it."));
        }
        Ok((commands.join("\n"), notes))
    }
}
