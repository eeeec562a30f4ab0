//! The shapes of tokens and keys, after what their providers say in public about them.

use crate::rule::{Check, Rule};

const fn token(
    code: &'static str,
    what: &'static str,
    hints: &'static [&'static str],
    shape: &'static str,
) -> Rule {
    Rule {
        code,
        what,
        hints,
        shape,
        check: Check::Token,
    }
}

const fn within(
    code: &'static str,
    what: &'static str,
    hints: &'static [&'static str],
    shape: &'static str,
) -> Rule {
    Rule {
        code,
        what,
        hints,
        shape,
        check: Check::NoExample,
    }
}

/// In the order in which a text is told that has the shape of two.
#[rustfmt::skip]
pub(crate) static RULES: &[Rule] = &[
    // Keys
    Rule {
        code: "private-key",
        what: "Private key",
        hints: &["PRIVATE KEY"],
        shape: r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-[A-Za-z0-9])*?[A-Za-z0-9+/]{32}(?:[^-]|-[A-Za-z0-9])*(?:-----END [A-Z0-9 ]*-----)?",
        check: Check::Shape,
    },
    Rule {
        code: "putty-private-key",
        what: "PuTTY private key",
        hints: &["PuTTY-User-Key-File"],
        shape: r"PuTTY-User-Key-File-[23]:[\s\S]*?Private-Lines: ?[0-9]+(?:\s|\\r|\\n)+[A-Za-z0-9+/=\s\\]{20,}",
        check: Check::Shape,
    },
    token("age-secret-key", "age secret key", &["AGE-SECRET-KEY-"], r"AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),

    // Git hosts
    token("github-token", "GitHub token", &["github_pat_"], r"github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}"),
    token("github-token", "GitHub token", &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], r"gh[pousr]_[0-9A-Za-z]{36,255}"),
    token("gitlab-token", "GitLab token", &["glpat-", "gldt-", "glrt-", "glrtr-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-", "glsoat-", "glffct-"],
        r"gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[0-9A-Za-z_\-]{20,}(?:\.[0-9a-z]{2}\.[0-9a-z]{7,9})?"),
    token("bitbucket-token", "Bitbucket app password", &["ATBB"], r"ATBB[0-9A-Za-z]{24,}(?:[0-9A-F]{8})?"),
    token("atlassian-token", "Atlassian API token", &["ATATT3", "ATCTT3"], r"AT[AC]TT3[0-9A-Za-z_\-=]{40,}"),
    token("azure-devops-token", "Azure DevOps token", &["AZDO"], r"[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}"),

    // Clouds
    token("aws-access-key", "AWS access key", &["AKIA", "ASIA", "ABIA", "ACCA"], r"A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}"),
    within("aws-secret-key", "AWS secret key", &["secret_access_key", "secretaccesskey", "aws_secret"],
        r#"(?i)(?:aws_?secret_?(?:access_?)?key|secret_?access_?key)(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+]|$)"#),
    token("google-api-key", "Google API key", &["AIza"], r"AIza[0-9A-Za-z_\-]{35}"),
    token("google-client-secret", "Google client secret", &["GOCSPX-"], r"GOCSPX-[0-9A-Za-z_\-]{28}"),
    token("google-access-token", "Google access token", &["ya29."], r"ya29\.[0-9A-Za-z_\-]{20,}"),
    token("google-refresh-token", "Google refresh token", &["1//0"], r"1//0[0-9A-Za-z_\-]{40,}"),
    within("azure-storage-key", "Azure storage key", &["AccountKey="], r"AccountKey=([0-9A-Za-z+/]{86}==)"),
    within("azure-shared-key", "Azure shared access key", &["SharedAccessKey="], r"SharedAccessKey=([0-9A-Za-z+/]{43}=)"),
    within("azure-sas", "Azure shared access signature", &["sig="], r"s(?:v|r|e|p)=[^\s]*?[?&]sig=([0-9A-Za-z+/%_\-]{43,90}={0,2})"),
    token("azure-client-secret", "Azure client secret", &["Q~"], r"[0-9A-Za-z_~.\-]{3}[0-9]Q~[0-9A-Za-z_~.\-]{31,34}"),
    token("digitalocean-token", "DigitalOcean token", &["dop_v1_", "doo_v1_", "dor_v1_"], r"do[opr]_v1_[0-9a-f]{64}"),
    token("heroku-token", "Heroku API key", &["HRKU-"], r"HRKU-[0-9A-Za-z_\-]{36,}"),
    within("cloudflare-key", "Cloudflare origin key", &["v1.0-"], r"v1\.0-[0-9a-f]{24}-[0-9a-f]{140,160}"),
    token("cloudflare-token", "Cloudflare token", &["cfut_", "cfat_", "cfk_"], r"cf(?:ut|at|k)_[0-9A-Za-z]{40,}"),
    token("fly-token", "Fly.io token", &["fo1_", "fm1r_", "fm2_"], r"(?:fo1_[0-9A-Za-z_\-]{43}|fm(?:1r|2)_[0-9A-Za-z+/=]{40,})"),
    token("netlify-token", "Netlify token", &["nfp_"], r"nfp_[0-9A-Za-z_]{36}"),
    token("alibaba-key", "Alibaba Cloud access key", &["LTAI"], r"LTAI[0-9A-Za-z]{17,24}"),

    // Packages and containers
    token("npm-token", "npm token", &["npm_"], r"npm_[0-9A-Za-z]{36}"),
    token("pypi-token", "PyPI token", &["pypi-"], r"pypi-[0-9A-Za-z_\-]{60,}"),
    token("docker-token", "Docker token", &["dckr_pat_", "dckr_oat_"], r"dckr_[op]at_[0-9A-Za-z_\-]{27,}"),
    token("rubygems-token", "RubyGems key", &["rubygems_"], r"rubygems_[0-9a-f]{48}"),
    token("cratesio-token", "Cargo registry token", &["cio"], r"cio[0-9A-Za-z]{32}"),
    token("nuget-key", "NuGet key", &["oy2"], r"oy2[a-z0-9]{43}"),

    // Talking and mail
    token("slack-token", "Slack token", &["xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-"],
        r"xox[abcdeoprs](?:\.xox[bp])?-[0-9A-Za-z%\-]{10,}"),
    token("slack-app-token", "Slack app token", &["xapp-"], r"xapp-[0-9]-[0-9A-Z]+-[0-9]+-[0-9a-f]{32,}"),
    within("slack-webhook", "Slack webhook", &["hooks.slack.com"], r"hooks\.slack\.com/(?:services|workflows|triggers)/([0-9A-Za-z]{8,}/[0-9A-Za-z]{8,}/[0-9A-Za-z/]{16,})"),
    within("discord-webhook", "Discord webhook", &["/api/webhooks/"], r"discord(?:app)?\.com/api/webhooks/[0-9]{16,20}/([0-9A-Za-z_\-]{60,})"),
    token("discord-token", "Discord token", &["."], r"[MNO][0-9A-Za-z_\-]{23,27}\.[0-9A-Za-z_\-]{6}\.[0-9A-Za-z_\-]{27,40}"),
    token("telegram-token", "Telegram bot token", &[":AA"], r"[0-9]{8,10}:AA[0-9A-Za-z_\-]{33}"),
    within("teams-webhook", "Microsoft Teams webhook", &["webhook.office.com"], r"webhook\.office\.com/webhookb2/([0-9a-f@\-]{36,}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f\-]{36})"),
    token("twilio-key", "Twilio API key", &["SK"], r"SK[0-9a-f]{32}"),
    token("sendgrid-key", "SendGrid key", &["SG."], r"SG\.[0-9A-Za-z_\-]{22}\.[0-9A-Za-z_\-]{43}"),
    token("mailgun-key", "Mailgun key", &["key-"], r"key-[0-9a-f]{32}"),
    token("mailchimp-key", "Mailchimp key", &["-us"], r"[0-9a-f]{32}-us[0-9]{1,2}"),
    token("brevo-key", "Brevo key", &["xkeysib-", "xsmtpsib-"], r"x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}"),

    // Money and shops
    token("stripe-key", "Stripe key", &["sk_live_", "rk_live_"], r"[rs]k_live_[0-9A-Za-z]{16,}"),
    token("stripe-webhook-secret", "Stripe webhook secret", &["whsec_"], r"whsec_[0-9A-Za-z+/=]{32,}"),
    token("shopify-token", "Shopify token", &["shpat_", "shpca_", "shppa_", "shpss_", "shptka_"], r"shp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{32}"),
    token("square-token", "Square token", &["sq0csp-", "sq0atp-", "EAAA"], r"(?:sq0csp-[0-9A-Za-z_\-]{43}|sq0atp-[0-9A-Za-z_\-]{22}|EAAA[0-9A-Za-z_\-]{60})"),
    token("braintree-token", "Braintree access token", &["access_token$production$"], r"access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}"),

    // Models
    token("anthropic-key", "Anthropic key", &["sk-ant-"], r"sk-ant-(?:[a-z]+[0-9]{2}-)?[0-9A-Za-z_\-]{32,}"),
    token("openai-key", "OpenAI key", &["sk-"], r"sk-(?:(?:proj|svcacct|admin|None)-[0-9A-Za-z_\-]{20,}|[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}|[0-9A-Za-z]{48})"),
    token("openrouter-key", "OpenRouter key", &["sk-or-v1-"], r"sk-or-v1-[0-9a-f]{64}"),
    token("huggingface-token", "Hugging Face token", &["hf_", "api_org_"], r"(?:hf|api_org)_[0-9A-Za-z]{34}"),
    token("groq-key", "Groq key", &["gsk_"], r"gsk_[0-9A-Za-z]{52}"),
    token("xai-key", "xAI key", &["xai-"], r"xai-[0-9A-Za-z]{80}"),
    token("replicate-token", "Replicate token", &["r8_"], r"r8_[0-9A-Za-z]{37}"),
    token("perplexity-key", "Perplexity key", &["pplx-"], r"pplx-[0-9A-Za-z]{48}"),

    // Tools of developers
    token("postman-key", "Postman key", &["PMAK-"], r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    token("linear-key", "Linear key", &["lin_api_", "lin_oauth_"], r"lin_(?:api|oauth)_[0-9A-Za-z]{40,}"),
    token("databricks-token", "Databricks token", &["dapi"], r"dapi[0-9a-f]{32}(?:-[0-9])?"),
    token("notion-token", "Notion token", &["ntn_", "secret_"], r"(?:ntn_[0-9A-Za-z]{40,}|secret_[0-9A-Za-z]{43})"),
    token("figma-token", "Figma token", &["figd_", "figu_", "figo_"], r"fig[dou]_[0-9A-Za-z_\-]{40,}"),
    token("grafana-token", "Grafana token", &["glsa_", "glc_"], r"(?:glsa_[0-9A-Za-z]{32}_[0-9a-fA-F]{8}|glc_[0-9A-Za-z+/]{32,}={0,2})"),
    token("newrelic-key", "New Relic key", &["NRAK-", "NRII-"], r"NR(?:AK|II)-[0-9A-Za-z_\-]{27,32}"),
    token("sentry-token", "Sentry token", &["sntryu_", "sntrys_"], r"(?:sntryu_[0-9a-f]{64}|sntrys_eyJ[0-9A-Za-z+/=_\-]{40,})"),
    token("vault-token", "HashiCorp Vault token", &["hvs.", "hvb.", "hvr."], r"hv[bsr]\.[0-9A-Za-z_\-]{24,}"),
    token("terraform-token", "Terraform Cloud token", &[".atlasv1."], r"[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_\-=]{60,70}"),
    token("doppler-token", "Doppler token", &["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."], r"dp\.(?:pt|st|ct|sa)\.(?:[0-9a-z_\-]{2,35}\.)?[0-9A-Za-z]{40,44}"),
    token("pulumi-token", "Pulumi token", &["pul-"], r"pul-[0-9a-f]{40}"),
    token("planetscale-token", "PlanetScale token", &["pscale_"], r"pscale_(?:tkn|oauth|pw)_[0-9A-Za-z_.\-]{32,64}"),
    token("supabase-token", "Supabase key", &["sbp_", "sb_secret_"], r"(?:sbp_[0-9a-f]{40}|sb_secret_[0-9A-Za-z_\-]{31,})"),
    token("airtable-token", "Airtable token", &["pat"], r"pat[0-9A-Za-z]{14}\.[0-9a-f]{64}"),
    token("asana-token", "Asana token", &["/"], r"[12]/[0-9]{16}(?:/[0-9]{16})?:[0-9a-f]{32}"),
    token("contentful-token", "Contentful token", &["CFPAT-"], r"CFPAT-[0-9A-Za-z_\-]{43}"),
    token("dynatrace-token", "Dynatrace token", &["dt0"], r"dt0[a-z][0-9]{2}\.[0-9A-Z]{24}\.[0-9A-Z]{64}"),
    token("kong-token", "Kong token", &["kpat_", "spat_"], r"[ks]pat_[0-9A-Za-z]{40,}"),
    token("sourcegraph-token", "Sourcegraph token", &["sgp_"], r"sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}"),
    token("mapbox-token", "Mapbox secret token", &["sk.eyJ"], r"sk\.eyJ[0-9A-Za-z_\-]{20,}\.[0-9A-Za-z_\-]{20,}"),
    token("dropbox-token", "Dropbox token", &["sl."], r"sl\.(?:u\.)?[0-9A-Za-z_\-]{130,}"),
    token("facebook-token", "Facebook access token", &["EAA"], r"EAA[0-9A-Za-z]{90,}"),
    token("zapier-webhook", "Zapier webhook", &["hooks.zapier.com"], r"hooks\.zapier\.com/hooks/catch/([0-9]{5,}/[0-9a-z]{6,})"),
    token("duffel-token", "Duffel token", &["duffel_live_"], r"duffel_live_[0-9A-Za-z_\-=]{43}"),
    token("easypost-key", "EasyPost key", &["EZAK"], r"EZAK[0-9A-Za-z]{54}"),
    token("shippo-token", "Shippo token", &["shippo_live_"], r"shippo_live_[0-9a-f]{40}"),
    token("typeform-token", "Typeform token", &["tfp_"], r"tfp_[0-9A-Za-z_\-.=]{59}"),
    token("buildkite-token", "Buildkite token", &["bkua_"], r"bkua_[0-9a-f]{40}"),
    token("readme-key", "ReadMe key", &["rdme_"], r"rdme_[0-9a-z]{70}"),
    token("prefect-key", "Prefect key", &["pnu_"], r"pnu_[0-9A-Za-z]{36}"),
    token("onepassword-token", "1Password service account token", &["ops_eyJ"], r"ops_eyJ[0-9A-Za-z+/=_\-]{200,}"),

    // Passwords in addresses and connection strings
    within("password-in-address", "Password in an address", &["://"], r"[A-Za-z][A-Za-z0-9+.\-]+://[^\s/?#:@<>{}$%]*:([^\s/?#@<>{}$]{3,})@[A-Za-z0-9\[]"),
    within("connection-string", "Password in a connection string", &["password=", "pwd="],
        r#"(?i)(?:server|data source|host|endpoint|user id|uid|username)\s*=[^;\r\n"']+;(?:[^\r\n"']*;)?\s*(?:password|pwd)\s*=\s*([^;\s"'{}<>$]{3,})"#),
];
