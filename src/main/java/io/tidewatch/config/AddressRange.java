package io.tidewatch.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin with the same bits: one address, or a CIDR such as {@code 10.1.0.0/16}.
 *
 * @param bits how many of its first bits count
 */
public record AddressRange(InetAddress network, int bits) {

    /** Four numbers: fewer would be read as another address than people mean. */
    private static final String IPV4 = "\\d{1,3}(\\.\\d{1,3}){3}";

    /** Colons and the letters of IPv6: what else would be looked up as a name. */
    private static final String IPV6 = "[0-9a-fA-F:.]{2,45}";

    /** Empty where it is neither. */
    static Optional<AddressRange> read(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!(address.matches(IPV4) || (address.contains(":") && address.matches(IPV6)))
                || (slash >= 0 && !text.substring(slash + 1).matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        try {
            InetAddress network = InetAddress.getByName(address);
            int all = network.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits > all ? Optional.empty() : Optional.of(new AddressRange(network, bits));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
            return false;
        }
        int mask = 0xFF << (Byte.SIZE - rest) & 0xFF;
        return rest == 0 || (one[whole] & mask) == (other[whole] & mask);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
