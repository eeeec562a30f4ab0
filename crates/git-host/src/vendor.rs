/// Whose words a refused push carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vendor {
    /// github.com and GitHub Enterprise.
    GitHub,
    /// gitlab.com and GitLab on a server of one's own.
    GitLab,
    /// Bitbucket Data Center.
    Bitbucket,
    /// Azure DevOps.
    Azure,
    /// Gitea and Forgejo.
    Gitea,
}

impl Vendor {
    /// Every vendor, for tests that go through them all.
    pub const ALL: [Self; 5] = [
        Self::GitHub,
        Self::GitLab,
        Self::Bitbucket,
        Self::Azure,
        Self::Gitea,
    ];
}

/// A reason other than a protected branch for which a server refuses a push to any branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// GitHub: a file over 100 MB (GH001).
    FileTooLarge,
    /// GitHub: push protection found a secret (GH013).
    SecretFound,
    /// GitHub: the commits carry an address that the author keeps private (GH007).
    PrivateEmail,
    /// GitHub: the token lacks the `workflow` scope.
    WorkflowScope,
    /// GitLab: a protected branch may not be rewritten. Pushes that only add commits pass.
    ForcePushNotAllowed,
    /// Bitbucket Cloud: the branch restrictions name other people.
    BitbucketHook,
    /// Azure DevOps: the branch takes pull requests only (TF402455).
    AzurePullRequestOnly,
    /// Azure DevOps: the identity lacks the permission to contribute (TF401027).
    AzurePermission,
    /// Gitea: the branch is protected.
    GiteaProtected,
    /// A hook of one's own, with these words.
    Hook(String),
}

/// What a refused push is told: the lines that arrive by sideband, and the reason beside the ref. Without a
/// reason of the vendor's own, it is git's `pre-receive hook declined`.
///
/// `@REF@` and `@BRANCH@` stand for what was pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) sideband: String,
    pub(crate) status: Option<&'static str>,
}

impl Wording {
    fn new(sideband: &str, status: Option<&'static str>) -> Self {
        Self {
            sideband: sideband.to_owned(),
            status,
        }
    }

    pub(crate) fn of_protection(vendor: Vendor) -> Self {
        match vendor {
            Vendor::GitHub => Self::new(GITHUB_PROTECTED, Some("protected branch hook declined")),
            Vendor::GitLab => Self::new(GITLAB_PROTECTED, None),
            Vendor::Bitbucket => Self::new(BITBUCKET_PROTECTED, None),
            Vendor::Azure => Self::new(AZURE_PROGRESS, Some(AZURE_PULL_REQUEST_ONLY)),
            Vendor::Gitea => Self::new(GITEA_PROTECTED, None),
        }
    }

    pub(crate) fn of_refusal(refusal: Refusal) -> Self {
        match refusal {
            Refusal::FileTooLarge => Self::new(GITHUB_FILE_TOO_LARGE, None),
            Refusal::SecretFound => Self::new(
                GITHUB_SECRET,
                Some("push declined due to repository rule violations"),
            ),
            Refusal::PrivateEmail => Self::new(
                GITHUB_PRIVATE_EMAIL,
                Some("push declined due to email privacy restrictions"),
            ),
            Refusal::WorkflowScope => Self::new("", Some(GITHUB_WORKFLOW)),
            Refusal::ForcePushNotAllowed => Self::new(GITLAB_FORCE, None),
            Refusal::BitbucketHook => Self::new(BITBUCKET_CLOUD, None),
            Refusal::AzurePullRequestOnly => Self::new(AZURE_PROGRESS, Some(AZURE_PULL_REQUEST_ONLY)),
            Refusal::AzurePermission => Self::new(AZURE_PROGRESS, Some(AZURE_PERMISSION)),
            Refusal::GiteaProtected => Self::new(GITEA_PROTECTED, None),
            Refusal::Hook(words) => Self {
                sideband: words,
                status: None,
            },
        }
    }
}

const GITHUB_PROTECTED: &str = "\
error: GH006: Protected branch update failed for @REF@.

- Changes must be made through a pull request.
";

const GITHUB_FILE_TOO_LARGE: &str = "\
error: Trace: 1e5082a2a92c21c361dec078c3d6bbd8f8936152faf9a7980dfc8acd6e302546
error: See https://gh.io/lfs for more information.
error: File exports/parcels.json is 123.07 MB; this exceeds GitHub's file size limit of 100.00 MB
error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.
";

const GITHUB_SECRET: &str = "\
error: GH013: Repository rule violations found for @REF@.

- GITHUB PUSH PROTECTION
  —————————————————————————————————————————
    Resolve the following violations before pushing again

    - Push cannot contain secrets


     (?) Learn how to resolve a blocked push
     https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/working-with-push-protection-from-the-command-line#resolving-a-blocked-push


      —— GitHub Personal Access Token ——————————————————————
       locations:
         - commit: 5477a7dd26384ed3c8b3814ee677f755ad27a597
           path: .insomnia/Environment/env_base.yml:7

       (?) To push, remove secret from commit(s) or follow this URL to allow the secret.
       https://github.com/team/parcels/security/secret-scanning/unblock-secret/2gakJrAududURpxlhIZdNlX14ZZ



";

const GITHUB_PRIVATE_EMAIL: &str = "\
error: GH007: Your push would publish a private email address.
You can make your email public or disable this protection by visiting:
https://github.com/settings/emails
";

const GITHUB_WORKFLOW: &str = "refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope";

const GITLAB_PROTECTED: &str =
    "GitLab: You are not allowed to push code to protected branches on this project.\n";

const GITLAB_FORCE: &str =
    "GitLab: You are not allowed to force push code to a protected branch on this project.\n";

const BITBUCKET_PROTECTED: &str = "\
-----------------------------------------------------
Branch @REF@ can only be modified through pull requests.
-----------------------------------------------------
Check your branch permissions configuration with the project administrator.
-----------------------------------------------------
";

const BITBUCKET_CLOUD: &str = "Permission denied to update branch @BRANCH@.\n";

const AZURE_PROGRESS: &str = "\
Analyzing objects... (3/3) (4 ms)
Validating commits... (1/1) done (0 ms)
Storing packfile... done (38 ms)
Storing index... done (41 ms)
";

const AZURE_PULL_REQUEST_ONLY: &str =
    "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.";

const AZURE_PERMISSION: &str = "TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity 'Build\\93086622-abb9-4886-b994-502e7f2afc21', scope 'branch'.";

const GITEA_PROTECTED: &str = "\nGitea: Not allowed to push to protected branch @BRANCH@\n";
