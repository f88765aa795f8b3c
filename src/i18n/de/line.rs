//! Sätze auf Deutsch über den Weg zu einem Server: sein Zertifikat, ein Proxy, eine Datei mit Zertifikaten.

use super::super::Clock;
use crate::domain::error::Cause;
use crate::domain::lang::Lang;
use crate::domain::network_fault::{CaFault, ProxyFault, TlsFault};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Certificates end at a moment of UTC, so it is told like that.
fn moment(moment: Timestamp) -> String {
    Clock { lang: Lang::De, now: moment, zone: TimeZone::UTC }.exact(moment)
}

pub(super) fn cause(cause: &Cause, detail: &str) -> Option<String> {
    Some(match cause {
        Cause::Tls { host, fault } => tls(host, fault, detail),
        Cause::Proxy(at) => by_proxy(&format!("Proxy {} ({})", at.proxy, at.origin), &at.host, &at.fault),

        Cause::CaFile { path, fault } => match &**fault {
            CaFault::Missing => format!("die Zertifikatsdatei {path} gibt es nicht"),
            CaFault::Unreadable { reason } => format!("die Zertifikatsdatei {path} lässt sich nicht lesen: {reason}"),
            CaFault::NotPem => format!("die Zertifikatsdatei {path} hat nicht das Format PEM"),
            CaFault::Empty => format!("die Datei {path} enthält kein Zertifikat"),
            CaFault::Damaged { number } => format!("Zertifikat {number} in der Datei {path} ist beschädigt"),
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
            format!("das Zertifikat von {host} stammt von einem Aussteller, den dieser Rechner nicht kennt")
        }
        TlsFault::Authority => {
            format!("{host} zeigt das Zertifikat einer Zertifizierungsstelle statt eines für den Server")
        }
        TlsFault::Revoked => format!("das Zertifikat von {host} wurde widerrufen"),
        TlsFault::TooOld => format!("{host} hat kein sicheres Protokoll mit mspdash gemeinsam"),
        TlsFault::NotTls => format!("{host} antwortet, aber unverschlüsselt"),
        TlsFault::WantsCertificate => format!("{host} verlangt ein Client-Zertifikat, das mspdash nicht hat"),
        TlsFault::NoTrust => {
            format!("keine sichere Verbindung zu {host}: dieser Rechner vertraut überhaupt keinem Aussteller")
        }
        TlsFault::Other => format!("keine sichere Verbindung zu {host}: {detail}"),
    }
}

fn by_proxy(proxy: &str, host: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused => format!("niemand antwortet unter dem {proxy}"),
        ProxyFault::NameUnknown => format!("der Name ist unbekannt: {proxy}"),
        ProxyFault::TimedOut { seconds } => format!("der {proxy} öffnete binnen {seconds} s keinen Weg zu {host}"),
        ProxyFault::WantsPassword => format!("der {proxy} verlangt Namen und Passwort (407)"),
        ProxyFault::WantsOther { schemes } => {
            format!("der {proxy} kennt nur {schemes}, keine Anmeldung mit Namen und Passwort in der Adresse")
        }
        ProxyFault::Denied { status: Some(status) } => {
            format!("der {proxy} öffnet keinen Weg zu {host}: er antwortet {status}")
        }
        ProxyFault::Denied { status: None } => format!("der {proxy} öffnet keinen Weg zu {host}"),
        ProxyFault::Broken => format!("die Verbindung riss ab: {proxy}"),
        ProxyFault::Socks => format!("der {proxy} spricht SOCKS, mspdash aber nicht"),
    }
}

pub(super) fn hint(cause: &Cause) -> Option<String> {
    Some(match cause {
        Cause::Tls { fault, .. } => tls_hint(fault),
        Cause::Proxy(at) => proxy_hint(&at.origin, &at.fault),
        Cause::CaFile { fault, .. } => match &**fault {
            CaFault::Missing | CaFault::Unreadable { .. } => "Prüfen Sie --ca-file und ca_file in config.toml.".into(),
            CaFault::NotPem => "openssl x509 -inform der -in DATEI -out DATEI.pem macht daraus eine PEM-Datei.".into(),
            CaFault::Empty | CaFault::Damaged { .. } => {
                "Es braucht ganze Blöcke von BEGIN CERTIFICATE bis END CERTIFICATE.".into()
            }
        },
        _ => return None,
    })
}

fn proxy_hint(origin: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused | ProxyFault::NameUnknown | ProxyFault::Broken => {
            format!("Prüfen Sie {origin}. NO_PROXY nennt Server, die ohne Proxy erreicht werden.")
        }
        ProxyFault::TimedOut { .. } | ProxyFault::Denied { .. } => {
            "Fragen Sie den Betreiber des Proxys, oder nennen Sie den Server in NO_PROXY, wenn es ohne geht.".into()
        }
        ProxyFault::WantsPassword => {
            format!("Schreiben Sie beides in {origin}: http://NAME:PASSWORT@HOST:PORT. Steht es dort, ist es falsch.")
        }
        ProxyFault::WantsOther { .. } => {
            format!(
                "Ein Hilfsprogramm wie cntlm oder px kann sich dort anmelden: {origin} darauf setzen. Oder Basic erbitten."
            )
        }
        ProxyFault::Socks => {
            format!("Setzen Sie {origin} auf einen HTTP-Proxy, oder nennen Sie den Server in NO_PROXY.")
        }
    }
}

fn tls_hint(fault: &TlsFault) -> String {
    match fault {
        TlsFault::WrongName { .. } => {
            "Prüfen Sie die Adresse: vielleicht antwortet dort etwas anderes. Sonst fragen Sie den Betreiber.".into()
        }
        TlsFault::Expired { now, .. } => {
            format!("Der Betreiber muss es erneuern. Oder geht die Uhr dieses Rechners falsch? Sie zeigt {}.", moment(*now))
        }
        TlsFault::NotYetValid { now, .. } => {
            format!("Wahrscheinlich geht die Uhr dieses Rechners falsch: sie zeigt {}.", moment(*now))
        }
        TlsFault::UnknownIssuer => {
            "Liest ein Proxy Ihrer Firma mit? Geben Sie dessen Zertifikat mit --ca-file DATEI an. Sonst hört vielleicht \
             jemand anderes mit."
                .into()
        }
        TlsFault::Authority => "Der Betreiber muss eines für den Server ausstellen (CA:FALSE).".into(),
        TlsFault::Revoked => "Arbeiten Sie so nicht weiter. Fragen Sie den Betreiber.".into(),
        TlsFault::TooOld => "Der Server braucht mindestens TLS 1.2. Fragen Sie den Betreiber.".into(),
        TlsFault::NotTls => {
            "Prüfen Sie den Port: https liegt oft auf 443. Vielleicht ist eine Anmeldeseite des Netzes dazwischen.".into()
        }
        TlsFault::WantsCertificate => "Fragen Sie den Betreiber nach einer Adresse, die keines verlangt.".into(),
        TlsFault::NoTrust => {
            "Installieren Sie das Paket ca-certificates, oder geben Sie Zertifikate mit --ca-file DATEI an.".into()
        }
        TlsFault::Other => "Prüfen Sie die Adresse und das Datum dieses Rechners; fragen Sie den Betreiber.".into(),
    }
}
