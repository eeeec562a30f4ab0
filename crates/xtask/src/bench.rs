use crate::failure::Failure;
use crate::packages;
use crate::program::{Program, target};

/// Measures on large invented projects and compares with the bars of `docs/PERFORMANCE.md`.
pub(crate) fn bench(options: &[&str]) -> Result<(), Failure> {
    packages::of_bench()?;
    let build = [
        "build",
        "--release",
        "--package",
        "sheaf-bench",
        "--package",
        "sheaf-cli",
    ];
    Program::cargo(&build).run()?;
    let name = format!("sheaf-bench{}", std::env::consts::EXE_SUFFIX);
    options
        .iter()
        .fold(
            Program::new(target().join("release").join(name), &[]).and(target().join("bench")),
            Program::and,
        )
        .run()
}
