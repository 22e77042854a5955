use crate::{LinkEvidence, WindowEnd};

/// What a [`WindowFlow`](crate::WindowFlow) asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEffect {
    /// Read the provider by id, and judge what was read with this evidence.
    ReadLive(LinkEvidence),
    /// Read a list that is requested after this moment, and judge what was read
    /// with this evidence.
    ReadList(LinkEvidence),
    /// Ask the deployment for its address (`GET /buildinfo`), because the flow
    /// did not return. A reason may be that this page was opened on another
    /// host. Requested once.
    ReadAccessUrl,
    /// The flow is over. Requested once.
    End(WindowEnd),
}
