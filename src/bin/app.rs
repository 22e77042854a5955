//! The program: what JavaScript calls of it is in the library. The page's
//! `boot.js` calls `startPage`, and the classes of the custom elements `mount`.

use coder_external_auth as _;

fn main() {}
