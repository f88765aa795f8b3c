//! What is wrong on the way to a server: its certificate, a proxy, a file of certificates.

use crate::domain::error::Cause;
use crate::domain::lang::Lang;
use crate::domain::network_fault::{CaFault, ProxyFault, TlsFault};
use crate::i18n::Clock;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Certificates expire at a moment in UTC, so it is shown in UTC.
fn moment(moment: Timestamp) -> String {
    Clock { lang: Lang::De, now: moment, zone: TimeZone::UTC }.exact(moment)
}

pub(super) fn cause(cause: &Cause, detail: &str) -> Option<String> {
    Some(match cause {
        Cause::Tls { host, fault } => tls(host, fault, detail),
        Cause::Proxy(at) => by_proxy(&format!("Proxy {} ({})", at.proxy, at.origin), &at.host, &at.fault),

        Cause::CaFile { path, fault } => match &**fault {
            CaFault::Missing => format!("die CA-Datei {path} existiert nicht"),
            CaFault::Unreadable { reason } => format!("die CA-Datei {path} ist nicht lesbar: {reason}"),
            CaFault::NotPem => format!("die CA-Datei {path} ist nicht im PEM-Format"),
            CaFault::Empty => format!("die CA-Datei {path} enthält kein Zertifikat"),
            CaFault::Damaged { number } => format!("Zertifikat {number} in der CA-Datei {path} ist beschädigt"),
        },
        _ => return None,
    })
}

fn tls(host: &str, fault: &TlsFault, detail: &str) -> String {
    match fault {
        TlsFault::WrongName { names } if names.is_empty() => {
            format!("das Zertifikat von {host} gilt für einen anderen Namen")
        }
        TlsFault::WrongName { names } => format!("das Zertifikat von {host} gilt nur für {}", names.join(", ")),
        TlsFault::Expired { ended: Some(ended), .. } => {
            format!("das Zertifikat von {host} ist am {} abgelaufen", moment(*ended))
        }
        TlsFault::Expired { ended: None, .. } => format!("das Zertifikat von {host} ist abgelaufen"),
        TlsFault::NotYetValid { begins: Some(begins), .. } => {
            format!("das Zertifikat von {host} gilt erst ab {}", moment(*begins))
        }
        TlsFault::NotYetValid { begins: None, .. } => format!("das Zertifikat von {host} gilt noch nicht"),
        TlsFault::UnknownIssuer => {
            format!("das Zertifikat von {host} stammt von einem Aussteller, dem dieser Rechner nicht vertraut")
        }
        TlsFault::Authority => {
            format!("{host} legt ein CA-Zertifikat vor, kein Serverzertifikat")
        }
        TlsFault::Revoked => format!("das Zertifikat von {host} wurde widerrufen"),
        TlsFault::TooOld => format!("{host} und mspdash haben keine sichere Protokollversion gemeinsam"),
        TlsFault::NotTls => format!("{host} antwortet unverschlüsselt"),
        TlsFault::WantsCertificate => format!("{host} verlangt ein Client-Zertifikat, das mspdash nicht hat"),
        TlsFault::NoTrust => {
            format!("keine sichere Verbindung zu {host}: dieser Rechner vertraut keinem Aussteller")
        }
        TlsFault::Other => format!("keine sichere Verbindung zu {host}: {detail}"),
    }
}

fn by_proxy(proxy: &str, host: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused => format!("Verbindung abgelehnt vom {proxy}"),
        ProxyFault::NameUnknown => format!("Host nicht gefunden: {proxy}"),
        ProxyFault::TimedOut { seconds } => {
            format!("der {proxy} hat binnen {seconds} s keine Verbindung zu {host} hergestellt")
        }
        ProxyFault::WantsPassword => format!("der {proxy} verlangt Benutzername und Passwort (407)"),
        ProxyFault::WantsOther { schemes } => {
            format!("der {proxy} akzeptiert nur {schemes}, nicht Benutzername und Passwort in seiner Adresse")
        }
        ProxyFault::Denied { status: Some(status) } => {
            format!("der {proxy} verweigert die Verbindung zu {host} ({status})")
        }
        ProxyFault::Denied { status: None } => format!("der {proxy} verweigert die Verbindung zu {host}"),
        ProxyFault::Broken => format!("Verbindung unterbrochen: {proxy}"),
        ProxyFault::Socks => format!("der {proxy} verwendet SOCKS, das mspdash nicht unterstützt"),
    }
}

pub(super) fn hint(cause: &Cause) -> Option<String> {
    Some(match cause {
        Cause::Tls { fault, .. } => tls_hint(fault),
        Cause::Proxy(at) => proxy_hint(&at.origin, &at.fault),
        Cause::CaFile { fault, .. } => match &**fault {
            CaFault::Missing | CaFault::Unreadable { .. } => "Prüfen Sie --ca-file und ca_file in config.toml.".into(),
            CaFault::NotPem => "Umwandeln mit: openssl x509 -inform der -in DATEI -out DATEI.pem".into(),
            CaFault::Empty | CaFault::Damaged { .. } => {
                "Nötig sind vollständige Blöcke von BEGIN CERTIFICATE bis END CERTIFICATE.".into()
            }
        },
        _ => return None,
    })
}

fn proxy_hint(origin: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused | ProxyFault::NameUnknown | ProxyFault::Broken => {
            format!("Prüfen Sie {origin}. NO_PROXY listet Server, die ohne Proxy erreicht werden.")
        }
        ProxyFault::TimedOut { .. } | ProxyFault::Denied { .. } => {
            "Fragen Sie den Betreiber des Proxys, oder tragen Sie den Server in NO_PROXY ein, wenn er direkt erreichbar ist.".into()
        }
        ProxyFault::WantsPassword => {
            format!("Schreiben Sie beides in {origin}: http://NAME:PASSWORT@HOST:PORT. Steht es schon dort, ist es falsch.")
        }
        ProxyFault::WantsOther { .. } => {
            format!(
                "Ein Hilfsprogramm wie cntlm oder px kann sich dort anmelden: {origin} darauf setzen. Oder um Basic-Authentifizierung bitten."
            )
        }
        ProxyFault::Socks => {
            format!("Setzen Sie {origin} auf einen HTTP-Proxy, oder tragen Sie den Server in NO_PROXY ein.")
        }
    }
}

fn tls_hint(fault: &TlsFault) -> String {
    match fault {
        TlsFault::WrongName { .. } => {
            "Prüfen Sie die Adresse: Vielleicht antwortet ein anderer Server. Sonst fragen Sie den Betreiber.".into()
        }
        TlsFault::Expired { now, .. } => {
            format!("Der Betreiber muss es erneuern. Oder geht die Uhr dieses Rechners falsch? Sie zeigt {}.", moment(*now))
        }
        TlsFault::NotYetValid { now, .. } => {
            format!("Wahrscheinlich geht die Uhr dieses Rechners falsch: sie zeigt {}.", moment(*now))
        }
        TlsFault::UnknownIssuer => {
            "Prüft ein Proxy Ihrer Firma den Verkehr? Geben Sie dessen Zertifikat mit --ca-file DATEI an. Sonst hört vielleicht \
             jemand mit."
                .into()
        }
        TlsFault::Authority => "Der Betreiber muss ein Serverzertifikat ausstellen (CA:FALSE).".into(),
        TlsFault::Revoked => "Fahren Sie nicht fort. Fragen Sie den Betreiber.".into(),
        TlsFault::TooOld => "Der Server muss mindestens TLS 1.2 unterstützen. Fragen Sie den Betreiber.".into(),
        TlsFault::NotTls => {
            "Prüfen Sie den Port: https verwendet meist 443. Vielleicht ist eine Anmeldeseite des Netzes dazwischen.".into()
        }
        TlsFault::WantsCertificate => "Fragen Sie den Betreiber nach einer Adresse, die keines verlangt.".into(),
        TlsFault::NoTrust => {
            "Installieren Sie das Paket ca-certificates, oder geben Sie Zertifikate mit --ca-file DATEI an.".into()
        }
        TlsFault::Other => "Prüfen Sie die Adresse und das Datum dieses Rechners; fragen Sie den Betreiber.".into(),
    }
}
