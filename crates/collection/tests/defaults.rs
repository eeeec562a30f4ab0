//! New resources of the tree, row by row as Insomnia makes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, WORKSPACE, id, only_text};
use sheaf_collection::Collections;
use sheaf_collection::model::Kind;

const HOLDERS: [(&str, &str); 5] = [
    (
        "ProtoDirectory/pd_1",
        "_id: pd_1\ntype: ProtoDirectory\nparentId: wrk_1\nname: d\n",
    ),
    (
        "WebSocketRequest/ws-req_1",
        "_id: ws-req_1\ntype: WebSocketRequest\nparentId: wrk_1\nname: w\n",
    ),
    (
        "SocketIORequest/socketio-req_1",
        "_id: socketio-req_1\ntype: SocketIORequest\nparentId: wrk_1\nname: s\n",
    ),
    (
        "UnitTestSuite/uts_1",
        "_id: uts_1\ntype: UnitTestSuite\nparentId: wrk_1\nname: u\n",
    ),
    (
        "MockServer/mock_1",
        "_id: mock_1\ntype: MockServer\nparentId: wrk_1\nname: m\n",
    ),
];

fn tree() -> Collections {
    let holders = HOLDERS
        .iter()
        .map(|(path, text)| (format!(".insomnia/{path}.yml"), text.as_bytes().to_vec()));
    let workspace = (
        ".insomnia/Workspace/wrk_1.yml".to_owned(),
        WORKSPACE.as_bytes().to_vec(),
    );
    Collections::read(holders.chain([workspace]))
}

#[test]
fn every_kind_has_the_fields_and_defaults_of_its_row() {
    let sorted = format!("metaSortKey: -{NOW}\n");
    let socket = format!(
        "name: N\nurl: \"\"\n{sorted}headers: []\nauthentication: {{}}\nparameters: []\npathParameters: null\n\
         settingEncodeUrl: true\nsettingStoreCookies: true\nsettingSendCookies: true\n"
    );
    let rows: [(Kind, &str, &str, String); 13] = [
        (Kind::ApiSpec, "spc", "wrk_1", "fileName: N\ncontents: \"\"\ncontentType: yaml\n".to_owned()),
        (
            Kind::Environment,
            "env",
            "wrk_1",
            format!("name: N\ndata: {{}}\ndataPropertyOrder: null\ncolor: null\nisPrivate: false\nmetaSortKey: {NOW}\n"),
        ),
        (
            Kind::RequestGroup,
            "fld",
            "wrk_1",
            format!(
                "name: N\ndescription: \"\"\nenvironment: {{}}\nenvironmentPropertyOrder: null\n{sorted}\
                 preRequestScript: null\nafterResponseScript: null\nauthentication: null\nheaders: null\n"
            ),
        ),
        (
            Kind::GrpcRequest,
            "greq",
            "wrk_1",
            format!(
                "url: \"\"\nname: N\ndescription: \"\"\nprotoFileId: \"\"\nprotoMethodName: \"\"\nmetadata: []\nbody:\n  \
                 text: \"{{}}\"\n{sorted}isPrivate: false\nreflectionApi:\n  enabled: false\n  url: https://buf.build\n  \
                 apiKey: \"\"\n  module: buf.build/connectrpc/eliza\n"
            ),
        ),
        (Kind::ProtoDirectory, "pd", "wrk_1", "name: N\n".to_owned()),
        (Kind::ProtoFile, "pf", "pd_1", "name: N\nprotoText: \"\"\n".to_owned()),
        (
            Kind::WebSocketRequest,
            "ws-req",
            "wrk_1",
            format!("{socket}settingFollowRedirects: global\ndescription: \"\"\n"),
        ),
        (
            Kind::WebSocketPayload,
            "ws-payload",
            "ws-req_1",
            "name: N\nvalue: \"\"\nmode: application/json\n".to_owned(),
        ),
        (
            Kind::SocketIORequest,
            "socketio-req",
            "wrk_1",
            format!("{socket}description: \"\"\neventListeners: []\n"),
        ),
        (Kind::UnitTestSuite, "uts", "wrk_1", format!("name: N\n{sorted}")),
        (Kind::UnitTest, "ut", "uts_1", format!("requestId: null\nname: N\ncode: \"\"\n{sorted}")),
        (
            Kind::MockRoute,
            "mock-route",
            "mock_1",
            "body: \"\"\nheaders: []\nstatusCode: 200\nstatusText: \"\"\nname: N\nmimeType: application/json\nmethod: GET\n"
                .to_owned(),
        ),
        (
            Kind::SocketIOPayload,
            "socket-io-payload",
            "socketio-req_1",
            String::new(),
        ),
    ];
    for (kind, prefix, parent, fields) in rows {
        let (new, edits) = tree().create(kind, &id(parent), "N", NOW).unwrap();
        let text = only_text(&edits);
        let head =
            format!("_id: {new}\ntype: {kind:?}\nparentId: {parent}\nmodified: {NOW}\ncreated: {NOW}\n");
        let id = new
            .0
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('_'))
            .unwrap();
        let length = if kind == Kind::Environment { 40 } else { 32 };
        assert!(
            id.len() == length && id.chars().all(|char| char.is_ascii_hexdigit()),
            "{new}"
        );
        if fields.is_empty() {
            assert!(
                text.starts_with(&head) && text.contains("args:\n  - id: "),
                "{text}"
            );
        } else {
            assert_eq!(text, format!("{head}{fields}"), "{kind:?}");
        }
    }
}

#[test]
fn a_mock_server_has_a_collection_of_its_own() {
    let mock = WORKSPACE.replace("scope: collection", "scope: mock-server");
    let all = Collections::read([(".insomnia/Workspace/wrk_1.yml".to_owned(), mock.into_bytes())]);
    let text = only_text(&all.create(Kind::MockServer, &id("wrk_1"), "N", NOW).unwrap().1);
    assert!(
        text.ends_with("name: N\nurl: http://localhost:8080\nuseInsomniaCloud: true\n"),
        "{text}"
    );
    assert_eq!(
        tree()
            .create(Kind::MockServer, &id("wrk_1"), "N", NOW)
            .unwrap_err()
            .code(),
        "bad-place"
    );
}
