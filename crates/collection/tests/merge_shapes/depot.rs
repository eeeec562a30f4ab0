//! A depot as a program writes it: a folder of files, and one file.

use crate::common::merging::State;

pub(crate) const WORKSPACE: &str = ".insomnia/Workspace/wrk_depot.yml";
pub(crate) const SPEC: &str = ".insomnia/ApiSpec/spc_depot.yml";
pub(crate) const BASE: &str = ".insomnia/Environment/env_base.yml";
pub(crate) const LIST: &str = ".insomnia/Request/req_list.yml";
pub(crate) const PLACE: &str = ".insomnia/Request/req_place.yml";
pub(crate) const FILE: &str = "insomnia.wrk_depot.yaml";

const SETTINGS: &str = "\
settingStoreCookies: true
settingSendCookies: true
settingDisableRenderRequestBody: false
settingEncodeUrl: true
settingRebuildPath: true
settingFollowRedirects: global
";

const FILES: [(&str, &str); 12] = [
    (
        WORKSPACE,
        "\
_id: wrk_depot
type: Workspace
parentId: null
modified: 1718000000000
created: 1717000000000
name: Depot
description: \"\"
scope: design
",
    ),
    (
        SPEC,
        "\
_id: spc_depot
type: ApiSpec
parentId: wrk_depot
modified: 1718000000000
created: 1717000000000
fileName: Depot
contents: |
  openapi: 3.0.3

  info:
    title: Depot
    version: 1.4.0
    description: |
      Orders and what becomes of them.

  servers:
    - url: https://depot.example.test
      description: where it runs


      
  tags:

    - name: Orders


  paths:
    /orders:
      get:
        summary: List orders
        tags: [\"Orders\"]
        parameters:
          - name: page
            in: query
            schema:
              type: integer
        responses:
          \"200\":
            description: A page of orders
      post:
        summary: Place an order
        tags: [\"Orders\"]
        responses:
          \"201\":
            description: The order
    /orders/{id}:
      get:
        summary: One order
        responses:
          \"200\":
            description: The order
  components:
    schemas:
      Order:
        type: object
        properties:
          id:
            type: string
            description: \"Given by the depot.\"    
contentType: yaml
",
    ),
    (
        BASE,
        "\
_id: env_base
type: Environment
parentId: wrk_depot
modified: 1718000000000
created: 1717000000000
name: Base Environment
data:
  base_url: https://depot.example.test
  page_size: 20
dataPropertyOrder:
  \"&\":
    - base_url
    - page_size
color: null
isPrivate: false
metaSortKey: 1717000000000
",
    ),
    (
        ".insomnia/Environment/env_stage.yml",
        "\
_id: env_stage
type: Environment
parentId: env_base
modified: 1718000000000
created: 1717000000000
name: Stage
data: {}
dataPropertyOrder: null
color: null
isPrivate: false
metaSortKey: 1717000000001
",
    ),
    (
        ".insomnia/RequestGroup/fld_orders.yml",
        "\
_id: fld_orders
type: RequestGroup
parentId: wrk_depot
modified: 1718000000000
created: 1717000000000
name: Orders
description: \"\"
environment: {}
environmentPropertyOrder: null
metaSortKey: -1717000000300
",
    ),
    (
        ".insomnia/RequestGroup/fld_admin.yml",
        "\
_id: fld_admin
type: RequestGroup
parentId: wrk_depot
modified: 1718000000000
created: 1717000000000
name: Admin
description: \"\"
environment: {}
environmentPropertyOrder: null
metaSortKey: -1717000000200
",
    ),
    (
        LIST,
        "\
_id: req_list
type: Request
parentId: fld_orders
modified: 1718000000000
created: 1717000000000
url: \"{{ _.base_url }}/orders\"
name: List orders
description: \"\"
method: GET
body: {}
parameters: []
headers: []
authentication: {}
metaSortKey: -1717000000500
isPrivate: false
",
    ),
    (
        PLACE,
        "\
_id: req_place
type: Request
parentId: fld_orders
modified: 1718000000000
created: 1717000000000
url: \"{{ _.base_url }}/orders\"
name: Place an order
description: |-
  # Place an order

  Answers with the order.

  Needs a token.
method: POST
body:
  mimeType: application/json
  text: |-
    {
    \t\"sku\": \"KX-7\",
    \t\"count\": 2,
    \t\"ship_to\": {
    \t\t\"street\": \"{{ _.street }}\",
    \t\t\"zip\": \"10115\"
    \t}
    }
parameters:
  - id: pair_1
    name: dryRun
    value: \"true\"
    description: \"\"
    disabled: true
headers:
  - name: Content-Type
    value: application/json
  - name: User-Agent
    value: insomnia/10.1.0
authentication:
  type: bearer
  token: \"{{ _.token }}\"
preRequestScript: |-
  const day = new Date();
  insomnia.environment.set('day', day);
metaSortKey: -1717000000400
isPrivate: false
",
    ),
    (
        ".insomnia/Request/req_graph.yml",
        "\
_id: req_graph
type: Request
parentId: fld_admin
modified: 1718000000000
created: 1717000000000
url: \"{{ _.base_url }}/graphql\"
name: Stock
description: \"\"
method: POST
body:
  mimeType: application/graphql
  text: '{\"query\":\"query Stock($sku: ID!) {\\n  stock(sku: $sku) {\\n    count\\n  }\\n}\",\"variables\":{\"sku\":\"KX-7\"},\"operationName\":\"Stock\"}'
parameters: []
headers:
  - name: Content-Type
    value: application/json
authentication: {}
metaSortKey: -1717000000350
isPrivate: false
",
    ),
    (
        ".insomnia/Request/req_upload.yml",
        "\
_id: req_upload
type: Request
parentId: fld_admin
modified: 1718000000000
created: 1717000000000
url: \"{{ _.base_url }}/labels\"
name: Upload a label
description: \"\"
method: POST
body:
  mimeType: multipart/form-data
  params:
    - id: pair_2
      name: order
      value: \"1\"
      description: \"\"
parameters: []
headers:
  - name: Content-Type
    value: multipart/form-data
authentication: {}
metaSortKey: -1717000000340
isPrivate: false
",
    ),
    (
        ".insomnia/UnitTestSuite/uts_orders.yml",
        "\
_id: uts_orders
type: UnitTestSuite
parentId: wrk_depot
modified: 1718000000000
created: 1717000000000
name: Orders
metaSortKey: -1717000000000
",
    ),
    (
        ".insomnia/UnitTest/ut_list.yml",
        "\
_id: ut_list
type: UnitTest
parentId: uts_orders
modified: 1718000000000
created: 1717000000000
requestId: req_list
name: Lists
code: |-
  const response = await insomnia.send();
  expect(response.status).to.equal(200);

  const orders = JSON.parse(response.data);
  expect(orders).to.be.an('array');
metaSortKey: -1717000000000
",
    ),
];

/// The folder of files.
pub(crate) fn tree() -> State {
    let mut state = State::of(&FILES);
    for (path, bytes) in &mut state.0 {
        if path.contains("/Request/") {
            bytes.extend_from_slice(SETTINGS.as_bytes());
        }
    }
    state
}

/// The same migrated to one file.
pub(crate) fn one_file() -> State {
    migrated(&tree(), 1_718_000_000_000)
}

/// A tree after its migration.
pub(crate) fn migrated(state: &State, now: i64) -> State {
    let root = crate::common::id("wrk_depot");
    let conversion = state.all().convert(&root, now, |_| false).unwrap();
    state.with(conversion.files)
}
