package io.tidewatch.git;

import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/** Messages about a TLS connection that failed: why the certificate is not trusted, and the fix. */
record TlsMessages(String url, Optional<Path> caFile) {

    private static final String NO_NAME = "No (name matching|subject alternative).*";

    /** @param deepest the message of the innermost cause */
    String of(Throwable failure, String deepest) {
        if (RemoteMessages.has(failure, CertificateExpiredException.class)
                || RemoteMessages.has(failure, CertificateNotYetValidException.class)) {
            return "the certificate of " + url + " has expired or is not valid yet (" + deepest + ")";
        }
        if (RemoteMessages.has(failure, CertPathBuilderException.class)) {
            return "the certificate of " + url + " is not signed by a trusted CA"
                    + caFile.map(file -> "; caFile " + file + " does not contain its CA")
                            .orElse("; name the file with its CA in caFile");
        }
        if (deepest.matches(NO_NAME)) {
            return "the certificate of " + url + " is for another host name (" + deepest + ")";
        }
        return "TLS with " + url + " failed: " + deepest;
    }
}
