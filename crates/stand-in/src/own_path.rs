/// Whether a path belongs to the stand-in. No deployment has it.
pub(crate) fn is_own_path(path: &str) -> bool {
    path.starts_with("/_stand-in/")
}
