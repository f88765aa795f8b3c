//! What is different in each data region. One MSP with an account in each: the same technicians, the same story,
//! other companies. The names of the first region are those of the story itself.

use crate::domain::region::Region;

/// The sample of one region.
pub struct Local {
    /// The MSP account's name.
    pub account: &'static str,
    /// Where the MSP's own technicians sign in, without the region.
    pub host: &'static str,
    /// What the MSP's own numbers of companies begin with.
    pub tickets: &'static str,
    /// What short names of made-up companies begin with.
    pub clients: &'static str,
    /// Companies, words and accounts of the region; none where the story's own lists hold.
    pub list: Option<&'static str>,
    /// Keeps ids and chances of the regions apart.
    salt: u64,
}

/// What the sample of a region is like.
pub const fn of(region: Region) -> Local {
    match region {
        Region::Europe => Local {
            account: "Harbour IT",
            host: "harbour-it",
            tickets: "HB",
            clients: "client",
            list: None,
            // The workspaces that were made before there was a choice keep their ids.
            salt: 0,
        },
        Region::Worldwide => Local {
            account: "Harbour IT Americas",
            host: "harbour-it-americas",
            tickets: "HA",
            clients: "us-client",
            list: Some(include_str!("../../../../assets/sample/com.txt")),
            salt: 0xA24B_AED4_963E_E407,
        },
        Region::Canada => Local {
            account: "Harbour IT Canada",
            host: "harbour-it-canada",
            tickets: "HC",
            clients: "ca-client",
            list: Some(include_str!("../../../../assets/sample/ca.txt")),
            salt: 0x9FB2_1C65_1E98_DF25,
        },
        Region::Enterprise => Local {
            account: "Harbour IT Enterprise",
            host: "harbour-it",
            tickets: "HE",
            clients: "group-client",
            list: Some(include_str!("../../../../assets/sample/ent.txt")),
            salt: 0x3C79_AC49_2BA7_B653,
        },
    }
}

/// The seed from which the workspace of a region is made.
pub const fn seed(asked: u64, region: Region) -> u64 {
    asked ^ of(region).salt
}
