//! The kinds of resources: names, id prefixes, and the order of their fields in a file.

use crate::model::Kind;

/// What is known of one kind.
pub(crate) struct KindInfo {
    /// The kind.
    pub kind: Kind,
    /// Insomnia's model type, which is also the folder name.
    pub name: &'static str,
    /// What its ids start with, without the underscore.
    pub prefix: &'static str,
    /// Field order behind `_id, type, parentId, modified, created`.
    pub fields: &'static [&'static str],
}

/// Fields every resource has, in file order.
pub(crate) const COMMON_FIELDS: [&str; 5] = ["_id", "type", "parentId", "modified", "created"];

const HTTP_FIELDS: &[&str] = &[
    "url",
    "name",
    "description",
    "method",
    "body",
    "parameters",
    "headers",
    "authentication",
    "preRequestScript",
    "metaSortKey",
    "isPrivate",
    "pathParameters",
    "afterResponseScript",
    "settingStoreCookies",
    "settingSendCookies",
    "settingDisableRenderRequestBody",
    "settingEncodeUrl",
    "settingRebuildPath",
    "settingFollowRedirects",
];

const SOCKET_FIELDS: &[&str] = &[
    "name",
    "url",
    "metaSortKey",
    "headers",
    "authentication",
    "parameters",
    "pathParameters",
    "settingEncodeUrl",
    "settingStoreCookies",
    "settingSendCookies",
    "settingFollowRedirects",
    "description",
];

const SOCKET_IO_FIELDS: &[&str] = &[
    "name",
    "url",
    "metaSortKey",
    "headers",
    "authentication",
    "parameters",
    "pathParameters",
    "settingEncodeUrl",
    "settingStoreCookies",
    "settingSendCookies",
    "settingPath",
    "description",
    "eventListeners",
];

const KINDS: &[KindInfo] = &[
    info(
        Kind::Workspace,
        "Workspace",
        "wrk",
        &["name", "description", "scope"],
    ),
    info(
        Kind::ApiSpec,
        "ApiSpec",
        "spc",
        &["fileName", "contents", "contentType"],
    ),
    info(
        Kind::Environment,
        "Environment",
        "env",
        &[
            "name",
            "data",
            "dataPropertyOrder",
            "color",
            "isPrivate",
            "metaSortKey",
        ],
    ),
    info(
        Kind::RequestGroup,
        "RequestGroup",
        "fld",
        &[
            "name",
            "description",
            "environment",
            "environmentPropertyOrder",
            "metaSortKey",
            "preRequestScript",
            "afterResponseScript",
            "authentication",
            "headers",
        ],
    ),
    info(Kind::Request, "Request", "req", HTTP_FIELDS),
    info(
        Kind::GrpcRequest,
        "GrpcRequest",
        "greq",
        &[
            "url",
            "name",
            "description",
            "protoFileId",
            "protoMethodName",
            "metadata",
            "body",
            "metaSortKey",
            "isPrivate",
            "reflectionApi",
        ],
    ),
    info(Kind::ProtoFile, "ProtoFile", "pf", &["name", "protoText"]),
    info(Kind::ProtoDirectory, "ProtoDirectory", "pd", &["name"]),
    info(
        Kind::WebSocketRequest,
        "WebSocketRequest",
        "ws-req",
        SOCKET_FIELDS,
    ),
    info(
        Kind::WebSocketPayload,
        "WebSocketPayload",
        "ws-payload",
        &["name", "value", "mode"],
    ),
    info(
        Kind::SocketIORequest,
        "SocketIORequest",
        "socketio-req",
        SOCKET_IO_FIELDS,
    ),
    info(
        Kind::SocketIOPayload,
        "SocketIOPayload",
        "socket-io-payload",
        &["name", "args", "eventName", "ack"],
    ),
    info(
        Kind::UnitTestSuite,
        "UnitTestSuite",
        "uts",
        &["name", "metaSortKey"],
    ),
    info(
        Kind::UnitTest,
        "UnitTest",
        "ut",
        &["requestId", "name", "code", "metaSortKey"],
    ),
    info(
        Kind::MockServer,
        "MockServer",
        "mock",
        &["name", "url", "useInsomniaCloud"],
    ),
    info(
        Kind::MockRoute,
        "MockRoute",
        "mock-route",
        &[
            "body",
            "headers",
            "statusCode",
            "statusText",
            "name",
            "mimeType",
            "method",
        ],
    ),
    info(
        Kind::McpRequest,
        "McpRequest",
        "mcp-req",
        &[
            "name",
            "url",
            "transportType",
            "headers",
            "authentication",
            "env",
            "roots",
        ],
    ),
    info(Kind::CookieJar, "CookieJar", "jar", &["name", "cookies"]),
    info(
        Kind::ProjectLintRuleset,
        "ProjectLintRuleset",
        "plr",
        &["rulesetContent"],
    ),
];

const fn info(
    kind: Kind,
    name: &'static str,
    prefix: &'static str,
    fields: &'static [&'static str],
) -> KindInfo {
    KindInfo {
        kind,
        name,
        prefix,
        fields,
    }
}

/// What is known of this kind; nothing for files and broken ones.
pub(crate) fn kind_info(kind: Kind) -> Option<&'static KindInfo> {
    KINDS.iter().find(|info| info.kind == kind)
}

/// The kind with this model type.
pub(crate) fn kind_named(name: &str) -> Option<Kind> {
    KINDS.iter().find(|info| info.name == name).map(|info| info.kind)
}

/// The kind whose ids start like this one.
pub(crate) fn kind_of_id(id: &str) -> Option<Kind> {
    let (prefix, _) = id.rsplit_once('_')?;
    KINDS
        .iter()
        .find(|info| info.prefix == prefix)
        .map(|info| info.kind)
}

/// Model type of a kind.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::File => "File",
        Kind::Broken => "Broken",
        kind => kind_info(kind).map_or("", |info| info.name),
    }
}
