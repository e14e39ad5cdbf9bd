package io.tidewatch.cli.kube;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Converts a private key of an elliptic curve from PKCS#8 ({@code BEGIN PRIVATE KEY}) to SEC 1 ({@code BEGIN EC PRIVATE KEY},
 * RFC 5915). The client takes every key in PKCS#8 for RSA.
 */
final class EllipticKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final byte[] VERSION = {2, 1, 1};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;
    private static final int LONG_LENGTH = 0x81;

    private EllipticKey() {}

    /** Empty for any other text. */
    static Optional<String> sec1(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        try {
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            ECPrivateKey key =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(key.getParams());
            byte[] der = der(SEQUENCE, VERSION, der(OCTETS, number(key)), der(CURVE, curve.getEncoded()));
            return Optional.of("-----BEGIN EC PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(der)
                    + "\n-----END EC PRIVATE KEY-----\n");
        } catch (GeneralSecurityException | IOException | IllegalArgumentException anotherKindOfKey) {
            return Optional.empty();
        }
    }

    /** As long as the curve's order, with zeros in front. */
    private static byte[] number(ECPrivateKey key) {
        byte[] digits = key.getS().toByteArray();
        int length = (key.getParams().getOrder().bitLength() + 7) / 8;
        byte[] number = new byte[length];
        int used = Math.min(digits.length, length);
        System.arraycopy(digits, digits.length - used, number, length - used, used);
        return number;
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (length >= 0x80) {
            whole.write(LONG_LENGTH);
        }
        whole.write(length);
        Arrays.stream(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
