package dev.baton.task.parameter;

import java.util.BitSet;

/// A set of characters: each ASCII character or not, and all others together or not.
public final class CharacterSet {
    private static final int ASCII = 128;

    public static final CharacterSet DIGITS = range('0', '9');
    /// Whatever may stand in one piece of a key: all but `/` and control characters.
    public static final CharacterSet ANY = range(' ', '~').minus('/').withOthers();

    private final BitSet ascii;
    private final boolean others;

    private CharacterSet(BitSet ascii, boolean others) {
        this.ascii = ascii;
        this.others = others;
    }

    /// The characters of a text.
    public static CharacterSet of(String characters) {
        var ascii = new BitSet(ASCII);
        var others = false;
        for (var i = 0; i < characters.length(); i++) {
            if (characters.charAt(i) < ASCII) {
                ascii.set(characters.charAt(i));
            } else {
                others = true;
            }
        }
        return new CharacterSet(ascii, others);
    }

    /// All characters between two, both in.
    public static CharacterSet range(char first, char last) {
        var ascii = new BitSet(ASCII);
        ascii.set(Math.min(first, ASCII), Math.min(last + 1, ASCII));
        return new CharacterSet(ascii, last >= ASCII);
    }

    public CharacterSet or(CharacterSet other) {
        var union = (BitSet) ascii.clone();
        union.or(other.ascii);
        return new CharacterSet(union, others || other.others);
    }

    /// All of [#ANY] that is not in this set; where other characters are concerned, rather too many.
    public CharacterSet complement() {
        var rest = (BitSet) ANY.ascii.clone();
        rest.andNot(ascii);
        return new CharacterSet(rest, true);
    }

    public boolean holds(char character) {
        return character < ASCII ? ascii.get(character) : others;
    }

    public boolean intersects(CharacterSet other) {
        return ascii.intersects(other.ascii) || (others && other.others);
    }

    private CharacterSet minus(char character) {
        var rest = (BitSet) ascii.clone();
        rest.clear(character);
        return new CharacterSet(rest, others);
    }

    private CharacterSet withOthers() {
        return new CharacterSet(ascii, true);
    }
}
