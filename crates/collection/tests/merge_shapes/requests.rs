//! Two people saved the same request or environment.

use serde_json::json;

use crate::common::merging::State;
use crate::common::{set, unset};
use crate::depot::{BASE, LIST, PLACE, tree};
use crate::shape::{Git, Shape};

const AT: [i64; 2] = [1_719_000_000_000, 1_719_000_500_000];

/// Both edit a resource.
fn both(
    name: &'static str,
    resource: &str,
    ours: &[sheaf_collection::model::FieldEdit],
    theirs: &[sheaf_collection::model::FieldEdit],
) -> Shape {
    let base = tree();
    let (ours, theirs) = (base.set(resource, ours, AT[0]), base.set(resource, theirs, AT[1]));
    Shape::new(name, &base, ours, theirs)
}

#[test]
fn a_request() {
    crate::check(vec![
        Shape::new(
            "both saved it and changed nothing",
            &tree(),
            saved(LIST, 1_719_000_000_000),
            saved(LIST, 1_719_000_500_000),
        )
        .holds("req_list", "/modified", 1_719_000_500_000_i64),
        both(
            "address and method",
            "req_place",
            &[set("url", "/v2/orders")],
            &[set("method", "PUT")],
        )
        .holds("req_place", "/url", "/v2/orders")
        .holds("req_place", "/method", "PUT"),
        both(
            "one renames, the other edits the address",
            "req_list",
            &[set("name", "All orders")],
            &[set("url", "{{ _.base_url }}/v2/orders")],
        )
        .holds("req_list", "/name", "All orders")
        .holds("req_list", "/url", "{{ _.base_url }}/v2/orders"),
        both(
            "both rename",
            "req_list",
            &[set("name", "All orders")],
            &[set("name", "Orders")],
        )
        .asks(&["req_list:name"]),
        both(
            "both reorder",
            "req_list",
            &[set("metaSortKey", -1_717_000_000_450.5)],
            &[set("metaSortKey", -1_717_000_000_025_i64)],
        ),
        both(
            "one reorders, the other describes",
            "req_list",
            &[set("metaSortKey", -5)],
            &[set("description", "Newest first.")],
        )
        .holds("req_list", "/metaSortKey", -5)
        .holds("req_list", "/description", "Newest first."),
        both(
            "one sends a token, the other stores no cookies",
            "req_list",
            &[set("authentication", json!({"type": "bearer", "token": "{{ _.token }}"}))],
            &[set("settingStoreCookies", false)],
        )
        .holds("req_list", "/authentication/type", "bearer")
        .holds("req_list", "/settingStoreCookies", false),
        both(
            "one switches the token off, the other gives it a prefix",
            "req_place",
            &[set("authentication.disabled", true)],
            &[set("authentication.prefix", "Token")],
        )
        .holds(
            "req_place",
            "/authentication",
            json!({"type": "bearer", "token": "{{ _.token }}", "disabled": true, "prefix": "Token"}),
        ),
        both(
            "paragraphs of a description",
            "req_place",
            &[set("description", "# Place an order\n\nAnswers with the order and a link.\n\nNeeds a token.")],
            &[set("description", "# Place an order\n\nAnswers with the order.\n\nNeeds a token of a clerk.")],
        )
        .holds(
            "req_place",
            "/description",
            "# Place an order\n\nAnswers with the order and a link.\n\nNeeds a token of a clerk.",
        ),
        both(
            "lines of a script",
            "req_place",
            &[set("preRequestScript", "const now = Date.now();\nconst day = new Date();\ninsomnia.environment.set('day', day);")],
            &[set("preRequestScript", "const day = new Date();\ninsomnia.environment.set('day', day);\nconsole.log('set');")],
        )
        .holds(
            "req_place",
            "/preRequestScript",
            "const now = Date.now();\nconst day = new Date();\ninsomnia.environment.set('day', day);\nconsole.log('set');",
        ),
        both(
            "both go on at the end of a script",
            "req_place",
            &[set("preRequestScript", "const day = new Date();\ninsomnia.environment.set('day', day);\nconsole.log('a');")],
            &[set("preRequestScript", "const day = new Date();\ninsomnia.environment.set('day', day);\nconsole.log('b');")],
        )
        .asks(&["req_place:preRequestScript"]),
    ]);
}

#[test]
fn rows() {
    let added =
        |name: &str, value: &str| set(&format!("headers.{name}"), json!({"name": name, "value": value}));
    let parameter = |id: &str, name: &str| json!({"id": id, "name": name, "value": "1", "description": "", "disabled": false});
    crate::check(vec![
        both(
            "both add a header at the end",
            "req_place",
            &[added("X-Trace", "{% uuid 'v4' %}")],
            &[added("Accept-Language", "de")],
        )
        .rows(
            "req_place",
            "/headers",
            &["Accept-Language", "Content-Type", "User-Agent", "X-Trace"],
        ),
        both(
            "both add the first header",
            "req_list",
            &[added("Accept", "application/json")],
            &[added("X-Tenant", "depot")],
        )
        .rows("req_list", "/headers", &["Accept", "X-Tenant"]),
        both(
            "both add the same header",
            "req_list",
            &[added("Accept", "application/json")],
            &[added("Accept", "application/json")],
        )
        .holds(
            "req_list",
            "/headers",
            json!([{"name": "Accept", "value": "application/json"}]),
        ),
        both(
            "both add the same header with other values",
            "req_list",
            &[added("Accept", "application/json")],
            &[added("Accept", "text/csv")],
        )
        .asks(&["req_list:headers.Accept"]),
        both(
            "another version of the program says so in a header",
            "req_place",
            &[set("headers.User-Agent", "insomnia/10.3.1")],
            &[set("headers.Content-Type", "application/json; charset=utf-8")],
        )
        .holds("req_place", "/headers/1/value", "insomnia/10.3.1")
        .holds("req_place", "/headers/0/value", "application/json; charset=utf-8"),
        both(
            "one switches a parameter on, the other gives it a value",
            "req_place",
            &[set("parameters.dryRun.disabled", false)],
            &[set("parameters.dryRun.value", "false")],
        )
        .holds("req_place", "/parameters/0/disabled", false)
        .holds("req_place", "/parameters/0/value", "false"),
        both(
            "one removes a parameter, the other gives it a value",
            "req_place",
            &[unset("parameters.dryRun")],
            &[set("parameters.dryRun.value", "false")],
        )
        .asks(&["req_place:parameters.dryRun"]),
        both(
            "both add parameters, and rows have other ids",
            "req_place",
            &[set(
                "parameters",
                json!([parameter("pair_8", "dryRun"), parameter("pair_9", "page")]),
            )],
            &[set(
                "parameters",
                json!([parameter("pair_6", "dryRun"), parameter("pair_7", "size")]),
            )],
        )
        .holds("req_place", "/parameters/0/name", "dryRun"),
        both(
            "both add form fields",
            "req_upload",
            &[set(
                "body.params.label",
                json!({"id": "pair_3", "name": "label", "type": "file", "fileName": "/tmp/a.pdf"}),
            )],
            &[set(
                "body.params.copies",
                json!({"id": "pair_4", "name": "copies", "value": "2", "description": ""}),
            )],
        ),
    ]);
}

#[test]
fn bodies() {
    let place = |text: &str| set("body.text", text);
    let body = "{\n\t\"sku\": \"KX-7\",\n\t\"count\": 2,\n\t\"ship_to\": {\n\t\t\"street\": \"{{ _.street }}\",\n\t\t\"zip\": \"10115\"\n\t}\n}";
    let query = |count: &str, sku: &str| {
        let text = json!({
            "query": format!("query Stock($sku: ID!) {{\n  stock(sku: $sku) {{\n    {count}\n  }}\n}}"),
            "variables": {"sku": sku},
            "operationName": "Stock",
        });
        set("body.text", text.to_string())
    };
    crate::check(vec![
        both(
            "neighbours in a JSON body",
            "req_place",
            &[place(&body.replace("KX-7", "KX-8"))],
            &[place(&body.replace("\"count\": 2", "\"count\": 5"))],
        )
        .holds(
            "req_place",
            "/body/text",
            body.replace("KX-7", "KX-8")
                .replace("\"count\": 2", "\"count\": 5"),
        ),
        both(
            "both add a key at the end of a JSON body",
            "req_place",
            &[place(&body.replace("\t}\n}", "\t},\n\t\"gift\": true\n}"))],
            &[place(
                &body.replace("\t}\n}", "\t},\n\t\"note\": \"ring twice\"\n}"),
            )],
        ),
        both(
            "one formats a JSON body, the other edits it",
            "req_place",
            &[place(&body.replace('\t', "  "))],
            &[place(&body.replace("10115", "10117"))],
        ),
        both(
            "one value of a JSON body in two ways",
            "req_place",
            &[place(&body.replace("10115", "10117"))],
            &[place(&body.replace("10115", "{{ _.zip }}"))],
        )
        .asks(&["req_place:body.text"]),
        both(
            "query and variables of GraphQL",
            "req_graph",
            &[query("count\n    reserved", "KX-7")],
            &[query("count", "KX-9")],
        ),
        both(
            "one makes a form of it, the other edits the address",
            "req_place",
            &[set(
                "body",
                json!({"mimeType": "application/x-www-form-urlencoded", "params": []}),
            )],
            &[set("url", "/v2/orders")],
        )
        .holds("req_place", "/url", "/v2/orders")
        .holds("req_place", "/body/mimeType", "application/x-www-form-urlencoded"),
    ]);
}

#[test]
fn environments() {
    crate::check(vec![
        both(
            "both add a variable at the end",
            "env_base",
            &[set("data.token", "a")],
            &[set("data.street", "Main")],
        )
        .holds("env_base", "/data/token", "a")
        .holds("env_base", "/data/street", "Main"),
        both(
            "both add the first variable",
            "env_stage",
            &[set("data.token", "a")],
            &[set("data.street", "Main")],
        )
        .holds("env_stage", "/data/token", "a")
        .holds("env_stage", "/data/street", "Main"),
        both(
            "both add the same variable",
            "env_base",
            &[set("data.token", "")],
            &[set("data.token", "")],
        )
        .holds("env_base", "/data/token", ""),
        both(
            "both add the same variable with other values",
            "env_base",
            &[set("data.token", "a")],
            &[set("data.token", "b")],
        )
        .asks(&["env_base:data.token"]),
        both(
            "one removes a variable, the other changes its neighbour",
            "env_base",
            &[unset("data.page_size")],
            &[set("data.base_url", "http://localhost:8080")],
        )
        .holds("env_base", "/data", json!({"base_url": "http://localhost:8080"})),
        both(
            "one colours it, the other renames it",
            "env_stage",
            &[set("color", "#ff0000")],
            &[set("name", "Staging")],
        )
        .git(Git::Conflicts)
        .holds("env_stage", "/color", "#ff0000")
        .holds("env_stage", "/name", "Staging"),
        Shape::new(
            "both saved with variables in another order",
            &tree(),
            tree()
                .replaced(
                    BASE,
                    "    - base_url\n    - page_size\n",
                    "    - page_size\n    - base_url\n",
                )
                .replaced(BASE, "1718000000000", "1719000000000"),
            tree().set("env_base", &[set("data.token", "a")], AT[1]),
        )
        .holds("env_base", "/data/token", "a"),
    ]);
}

fn saved(path: &str, now: i64) -> State {
    tree().replaced(path, "modified: 1718000000000", &format!("modified: {now}"))
}

#[test]
fn what_both_added() {
    let base = tree();
    let request = |url: &str, now: i64| {
        let mut state = base.clone();
        let text = base
            .text(PLACE)
            .replace("req_place", "req_new")
            .replace("{{ _.base_url }}/orders", url)
            .replace("modified: 1718000000000", &format!("modified: {now}"));
        state
            .0
            .insert(".insomnia/Request/req_new.yml".to_owned(), text.into_bytes());
        state
    };
    crate::check(vec![
        Shape::new(
            "one request came by two ways",
            &base,
            request("/a", AT[0]),
            request("/a", AT[1]),
        )
        .holds("req_new", "/modified", AT[1]),
        Shape::new(
            "one request came by two ways and was edited",
            &base,
            request("/a", AT[0]),
            request("/b", AT[1]),
        )
        .asks(&["req_new:url"]),
    ]);
}
