//! A v5 file that holds anything: it can be shown, and edited, copied and deleted from where it can be read.
use serde_json::json;
use sheaf_collection::Collections;
use sheaf_collection::model::FieldEdit;

pub(crate) fn check(bytes: &[u8]) {
    let Some((typed, bytes)) = bytes.split_first() else {
        return;
    };
    let head: &[u8] = if typed & 1 == 1 {
        b"type: collection.insomnia.rest/5.0\n"
    } else {
        b""
    };
    let all = Collections::read([("api.yaml".to_owned(), [head, bytes].concat())]);
    let _ = (all.trees(), all.problems());
    let applied = |edits: Vec<sheaf_collection::model::FileEdit>| {
        all.with_files(edits.into_iter().map(|edit| (edit.path, edit.after)))
    };
    let edit = FieldEdit {
        path: "name".to_owned(),
        value: Some(json!("a\nb: #")),
    };
    for id in all.ids().into_iter().take(8) {
        if let Ok(written) = all.set_fields(&id, std::slice::from_ref(&edit), 1) {
            let after = applied(written);
            assert!(after.resource(&id).is_some());
            let _ = sheaf_collection::changes(&all, &after);
        }
        // Items without an id are told by their place, so the next one may have the id of one that is gone.
        if let Ok(written) = all.delete(&id, 1) {
            assert!(applied(written).ids().len() <= all.ids().len());
        }
    }
}
