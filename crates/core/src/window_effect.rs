use crate::{LinkEvidence, WindowEnd};

/// What a [`WindowFlow`](crate::WindowFlow) asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEffect {
    /// Read the provider by id, and judge what was read with this evidence.
    ReadLive(LinkEvidence),
    /// Read a list that is asked for after this moment, and judge what was
    /// read with this evidence.
    ReadList(LinkEvidence),
    /// Ask the deployment for its address (`GET /buildinfo`): the flow did not
    /// come back, as where this page was opened on another host. Asked once.
    ReadAccessUrl,
    /// The flow is over. Asked once.
    End(WindowEnd),
}
