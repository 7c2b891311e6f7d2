package dev.baton.local.s3;

import java.util.Comparator;

/// The order in which S3 lists keys: that of their UTF-8 bytes. [String#compareTo] differs from it where a character
/// beyond the basic plane meets one of the last of the plane.
enum KeyOrder implements Comparator<String> {
    UTF_8;

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xIsHalf = Character.isSurrogate(x);
                boolean yIsHalf = Character.isSurrogate(y);
                return xIsHalf == yIsHalf ? x - y : xIsHalf ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
