use std::io;
use std::path::{Path, PathBuf};

/// The request that the demo and the tests edit.
pub const CREATE_SHIPMENT: &str = "req_17ca9c58150bbda0793c7973afb5bfb1";

/// Every file of the sample collection: its path in the repository, and its text.
///
/// They are read from the sources rather than built in, as whoever calls this stands in a checkout.
pub fn files() -> io::Result<Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(entry.path())?;
                files.push((path.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    Ok(files)
}
