package dev.baton.local.iam.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A range of IP addresses in CIDR notation, IPv4 or IPv6; without a prefix length one address.
record AddressRange(byte[] network, int bits) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F:.]+");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        int all = network.length * 8;
        if (slash < 0) {
            return new AddressRange(network, all);
        }
        var length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > all) {
            return null;
        }
        return new AddressRange(network, Integer.parseInt(length));
    }

    boolean contains(String text) {
        var other = address(text);
        if (other == null || other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// Digits only, so that no name is ever looked up.
    private static byte @Nullable [] address(String text) {
        if (text.indexOf(':') < 0) {
            return fourBytes(text);
        }
        if (!DIGITS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static byte @Nullable [] fourBytes(String text) {
        if (!V4.matcher(text).matches()) {
            return null;
        }
        var bytes = new byte[4];
        int i = 0;
        for (var part : text.split("\\.")) {
            int value = Integer.parseInt(part);
            if (value > 255) {
                return null;
            }
            bytes[i++] = (byte) value;
        }
        return bytes;
    }
}
