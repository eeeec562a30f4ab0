//! One small invented sample a format.

pub(crate) const POSTMAN: &str = r#"{
  "info": {"name": "Parcels", "description": {"content": "Track parcels."}, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]},
  "event": [{"listen": "prerequest", "script": {"exec": ["pm.environment.set('now', Date.now());", "console.log('apm.x');"]}}],
  "variable": [{"key": "base", "value": "https://api.test"}, {"key": "api.key", "value": "s3cret-value"}, {"key": "off", "value": "1", "disabled": true}],
  "item": [
    {"name": "Orders", "description": "All orders", "auth": {"type": "noauth"}, "item": [
      {"name": "Create", "event": [{"listen": "test", "script": {"exec": "pm.test('ok', () => pm.response.to.have.status(201));"}}],
       "request": {"method": "POST", "description": "Makes one",
         "header": [{"key": "X-Trace", "value": "{{$guid}}", "description": "who"}, {"key": "X-Off", "value": "1", "disabled": true}],
         "url": {"raw": "{{base}}/orders/:id?dry=1&skip=2", "query": [{"key": "dry", "value": "1"}, {"key": "skip", "value": "2", "disabled": true}], "variable": [{"key": "id", "value": "42"}]},
         "body": {"mode": "raw", "raw": "{\"ref\": \"{{ref}}\"}", "options": {"raw": {"language": "json"}}}},
       "response": [{"name": "201"}]}
    ]},
    {"name": "Form", "request": {"method": "PUT", "url": "{{base}}/form", "body": {"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": true, "description": "why"}]}}},
    {"name": "Upload", "request": {"method": "POST", "url": "{{base}}/files", "body": {"mode": "formdata", "formdata": [{"key": "note", "value": "x", "type": "text"}, {"key": "doc", "type": "file", "src": ["/a.pdf", "/b.pdf"]}]}}},
    {"name": "Graph", "request": {"method": "POST", "url": "{{base}}/graphql", "body": {"mode": "graphql", "graphql": {"query": "{ me }", "variables": "{\"a\": 1}"}}}},
    {"name": "Binary", "request": {"method": "POST", "url": "{{base}}/raw", "body": {"mode": "file", "file": {"src": "/a.bin"}}}},
    {"name": "Key", "request": {"method": "GET", "url": "{{base}}/key", "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "abc"}, {"key": "in", "value": "query"}]}}},
    {"name": "Plain", "request": "https://plain.test/a?b=c"}
  ]
}"#;

pub(crate) const POSTMAN_20: &str = r#"{
  "info": {"name": "Old", "schema": "https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},
  "item": [{"name": "Login", "request": {"auth": {"type": "basic", "basic": {"username": "ana", "password": "geheim"}}, "method": "GET",
    "header": "Accept: text/plain\nX-A: b", "url": {"protocol": "https", "host": ["old", "test"], "path": ["a", "b"], "port": "8443"}}}]
}"#;

pub(crate) const POSTMAN_ENVIRONMENT: &str = r#"{"name": "Staging", "values": [{"key": "base", "value": "https://staging.test", "enabled": true}, {"key": "x", "value": "1", "enabled": false}], "_postman_variable_scope": "environment"}"#;

pub(crate) const OPENAPI: &str = r#"openapi: 3.0.3
info:
  title: Parcels # keep this remark
  version: 1.0.0
  description: Track parcels.
servers:
  - url: https://{region}.api.test/v1/
    description: Production
    variables:
      region: {default: eu}
  - url: https://staging.test
tags:
  - name: orders
    description: All about orders
security:
  - bearer: []
paths:
  /orders/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, example: "42"}}
    get:
      tags: [orders]
      summary: Get an order
      parameters:
        - {name: expand, in: query, schema: {type: array, items: {type: string, enum: [lines]}}}
        - {name: X-Trace, in: header, required: true, schema: {type: string, format: uuid}}
    put:
      tags: [orders]
      operationId: putOrder
      security: [{key: []}]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
  /upload:
    post:
      security: []
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                note: {type: string, default: hello}
      callbacks: {done: {}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Order:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - type: object
          properties:
            parent: {$ref: '#/components/schemas/Order'}
            lines: {type: array, items: {type: integer, minimum: 1}}
    Base:
      type: object
      properties:
        id: {type: string, readOnly: true}
        created: {type: string, format: date}
"#;

pub(crate) const SWAGGER: &str = r##"{"swagger": "2.0", "info": {"title": "Old parcels", "version": "1"}, "host": "old.test", "basePath": "/api", "schemes": ["http", "https"],
 "consumes": ["application/json"], "securityDefinitions": {"login": {"type": "basic"}}, "security": [{"login": []}],
 "paths": {"/a/{id}.json": {"post": {"summary": "Make", "parameters": [{"name": "id", "in": "path", "type": "string", "required": true}, {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/A"}}]}},
   "/form": {"post": {"parameters": [{"name": "a", "in": "formData", "type": "string", "required": true}, {"name": "f", "in": "formData", "type": "file"}]}}},
 "definitions": {"A": {"type": "object", "properties": {"n": {"type": "number"}, "ok": {"type": "boolean"}}}}}"##;

pub(crate) const HAR: &str = r#"{"log": {"version": "1.2", "entries": [
  {"request": {"method": "POST", "url": "https://shop.test/cart?x=1", "headers": [{"name": ":authority", "value": "shop.test"}, {"name": "User-Agent", "value": "B"}, {"name": "X-Own", "value": "1"}, {"name": "Content-Type", "value": "application/json"}],
    "cookies": [{"name": "sid", "value": "abc"}], "queryString": [{"name": "x", "value": "1"}], "postData": {"mimeType": "application/json", "text": "{\"a\":1}"}}},
  {"request": {"method": "POST", "url": "https://shop.test/cart?x=1", "headers": [], "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b%20c"}]}}},
  {"request": {"method": "GET", "url": "https://cdn.test/", "headers": []}},
  {"request": {"method": "GET", "url": "data:text/plain,hi", "headers": []}}]}}"#;

pub(crate) const INSOMNIA_4: &str = r#"{"_type": "export", "__export_format": 4, "resources": [
  {"_id": "req_11111111111111111111111111111111", "_type": "request", "parentId": "fld_11111111111111111111111111111111", "name": "List", "url": "{{ _.base }}/a", "method": "GET", "headers": [{"id": "pair_1", "name": "A", "value": "b"}], "metaSortKey": -5, "created": 1, "oddField": 3},
  {"_id": "fld_11111111111111111111111111111111", "_type": "request_group", "parentId": "wrk_11111111111111111111111111111111", "name": "Folder", "environment": {"x": 1}, "environmentPropertyOrder": {}},
  {"_id": "wrk_11111111111111111111111111111111", "_type": "workspace", "parentId": null, "name": "Exported", "scope": "spec"},
  {"_id": "env_11111111111111111111111111111111", "_type": "environment", "parentId": "wrk_11111111111111111111111111111111", "name": "Base Environment", "data": {"base": "https://a.test"}},
  {"_id": "env_22222222222222222222222222222222", "_type": "environment", "parentId": "env_11111111111111111111111111111111", "name": "Mine", "isPrivate": true, "data": {"password": "x"}},
  {"_id": "env_33333333333333333333333333333333", "_type": "environment", "parentId": "env_11111111111111111111111111111111", "name": "Staging", "data": {}},
  {"_id": "spc_11111111111111111111111111111111", "_type": "api_spec", "parentId": "wrk_11111111111111111111111111111111", "fileName": "a.yaml", "contents": "openapi: 3.0.0\n", "contentType": "yaml"},
  {"_id": "uts_11111111111111111111111111111111", "_type": "unit_test_suite", "parentId": "wrk_11111111111111111111111111111111", "name": "Suite"},
  {"_id": "ut_11111111111111111111111111111111", "_type": "unit_test", "parentId": "uts_11111111111111111111111111111111", "name": "Test", "requestId": "req_11111111111111111111111111111111", "code": "ok"},
  {"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_11111111111111111111111111111111", "name": "Jar", "cookies": [{"key": "a"}]}]}"#;

pub(crate) const INSOMNIA_5: &str = "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Five\nmeta:\n  id: wrk_5\ncollection:\n  - name: Orders\n    meta:\n      id: fld_5\n    children:\n      - url: https://a.test\n        name: Get\n        meta:\n          id: req_5\n          sortKey: -3\n        method: GET\n        scripts:\n          preRequest: a()\nenvironments:\n  name: Base Environment\n  meta:\n    id: env_5\n  data:\n    a: 1\n";

pub(crate) const BRUNO: &[(&str, &str)] = &[
    (
        "shop/bruno.json",
        r#"{"version": "1", "name": "Shop", "type": "collection"}"#,
    ),
    (
        "shop/collection.bru",
        "headers {\n  X-All: 1\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: {{token}}\n}\n\nvars:pre-request {\n  base: https://a.test\n}\n\ndocs {\n  # Shop\n}\n",
    ),
    (
        "shop/environments/Staging.bru",
        "vars {\n  base: https://staging.test\n  ~off: 1\n}\nvars:secret [\n  token\n]\n",
    ),
    (
        "shop/Orders/folder.bru",
        "meta {\n  name: All orders\n  seq: 2\n}\n\nvars:pre-request {\n  page: 1\n}\n",
    ),
    (
        "shop/Orders/create.bru",
        "meta {\n  name: Create\n  type: http\n  seq: 2\n}\n\npost {\n  url: {{base}}/orders/:id?dry=1\n  body: json\n  auth: basic\n}\n\nparams:query {\n  dry: 1\n  ~skip: 2\n}\n\nparams:path {\n  id: 42\n}\n\nheaders {\n  \"X:Odd\": a\n  ~X-Off: b\n}\n\nauth:basic {\n  username: ana\n  password: geheim\n}\n\nbody:json {\n  {\n    \"a\": {\n      \"b\": 1\n    }\n  }\n}\n\nbody:text {\n  unused\n}\n\nvars:pre-request {\n  day: 1\n}\n\nassert {\n  res.status: eq 200\n}\n\nscript:pre-request {\n  bru.setVar(\"a\", 1);\n}\n\ntests {\n  test(\"ok\", function() {\n    expect(res.status).to.equal(200);\n  });\n}\n\ndocs {\n  Makes one.\n}\n",
    ),
    (
        "shop/Orders/list.bru",
        "meta {\n  name: List\n  type: graphql\n  seq: 1\n}\n\npost {\n  url: {{base}}/graphql\n  body: graphql\n  auth: inherit\n}\n\nbody:graphql {\n  { me }\n}\n\nbody:graphql:vars {\n  {\"a\": 1}\n}\n",
    ),
    (
        "shop/upload.bru",
        "meta {\n  name: Upload\n  seq: 1\n}\n\nput {\n  url: {{base}}/up\n  body: multipartForm\n  auth: none\n}\n\nbody:multipart-form {\n  note: hi\n  doc: @file(a.pdf|b.pdf)\n}\n",
    ),
];

pub(crate) const OPEN_COLLECTION: &[(&str, &str)] = &[
    (
        "oc/opencollection.yml",
        "opencollection: 1.0.0\ninfo:\n  name: Open shop\nrequest:\n  auth:\n    type: bearer\n    token: '{{token}}'\n",
    ),
    (
        "oc/environments/dev.yml",
        "name: Development\nvariables:\n  - name: base\n    value: https://dev.test\n  - name: token\n    secret: true\n",
    ),
    (
        "oc/users/folder.yml",
        "info:\n  name: Users\n  type: folder\n  seq: 1\n",
    ),
    (
        "oc/users/create.yml",
        "info:\n  name: Create user\n  type: http\n  seq: 1\nhttp:\n  method: POST\n  url: '{{base}}/users'\n  params:\n    - name: dry\n      value: '1'\n      type: query\n      disabled: true\n  body:\n    type: json\n    data: '{\"a\": 1}'\n  auth: inherit\nruntime:\n  scripts:\n    - type: tests\n      code: test('ok', () => {});\ndocs: Makes a user.\n",
    ),
];

pub(crate) const YAAK: &[(&str, &str)] = &[
    (
        "yaak.wk_1.yaml",
        "type: workspace\nmodel: workspace\nid: wk_1\nname: Yak shop\ndescription: Hi\nheaders: []\nauthentication: {}\nauthenticationType: null\n",
    ),
    (
        "yaak.ev_1.yaml",
        "type: environment\nmodel: environment\nid: ev_1\nworkspaceId: wk_1\nname: Global Variables\npublic: true\nparentModel: workspace\nparentId: null\nvariables:\n- enabled: true\n  name: base\n  value: https://a.test\n",
    ),
    (
        "yaak.ev_2.yaml",
        "type: environment\nmodel: environment\nid: ev_2\nworkspaceId: wk_1\nname: Staging\npublic: true\nparentModel: environment\nvariables: []\n",
    ),
    (
        "yaak.fl_1.yaml",
        "type: folder\nmodel: folder\nid: fl_1\nworkspaceId: wk_1\nfolderId: null\nname: Orders\ndescription: ''\nsortPriority: 1.0\n",
    ),
    (
        "yaak.rq_1.yaml",
        "type: http_request\nmodel: http_request\nid: rq_1\nworkspaceId: wk_1\nfolderId: fl_1\nname: Create\nmethod: POST\nurl: ${[ base ]}/orders/:id\nurlParameters:\n- enabled: true\n  name: :id\n  value: '42'\n- enabled: false\n  name: dry\n  value: '1'\nheaders:\n- enabled: true\n  name: X-A\n  value: b\nbodyType: application/json\nbody:\n  text: '{\"a\":1}'\nauthenticationType: basic\nauthentication:\n  username: ana\n  password: ${[ secure(value='x') ]}\nsortPriority: 2.0\n",
    ),
];
