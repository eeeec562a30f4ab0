//! Fields in words.

/// What a top-level field is called.
pub(crate) fn label(field: &str) -> String {
    let word = match field {
        "url" => "URL",
        "fileName" | "name" => "name",
        "method" => "method",
        "description" => "description",
        "contents" => "API spec",
        "contentType" => "format of the API spec",
        "preRequestScript" => "pre-request script",
        "afterResponseScript" => "after-response script",
        "protoText" => "proto definition",
        "protoFileId" => "proto file",
        "protoMethodName" => "gRPC method",
        "code" => "test code",
        "requestId" => "tested request",
        "value" => "message",
        "mode" => "message format",
        "color" => "color",
        "isPrivate" => "private",
        "scope" => "kind of collection",
        "statusCode" => "status code",
        "statusText" => "status text",
        "mimeType" => "content type",
        "settingStoreCookies" => "setting: store cookies",
        "settingSendCookies" => "setting: send cookies",
        "settingDisableRenderRequestBody" => "setting: body without templates",
        "settingEncodeUrl" => "setting: encode URL",
        "settingRebuildPath" => "setting: rebuild path",
        "settingFollowRedirects" => "setting: follow redirects",
        "metaSortKey" => "order",
        "modified" => "time of change",
        "created" => "time of creation",
        "dataPropertyOrder" | "environmentPropertyOrder" => "order of environment values",
        "schema_version" => "version of the file format",
        other => other,
    };
    word.to_owned()
}

/// What one row of a list is called.
pub(crate) fn row_word(field: &str) -> &'static str {
    match field {
        "headers" => "header",
        "parameters" => "parameter",
        "pathParameters" => "path parameter",
        "metadata" => "metadata",
        "body.params" => "form field",
        _ => "entry",
    }
}

/// Fields that say nothing about what a resource does.
pub(crate) fn is_bookkeeping(field: &str) -> bool {
    matches!(
        field,
        "modified"
            | "created"
            | "metaSortKey"
            | "dataPropertyOrder"
            | "environmentPropertyOrder"
            | "schema_version"
    )
}
