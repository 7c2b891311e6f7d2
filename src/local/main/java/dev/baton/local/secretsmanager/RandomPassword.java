package dev.baton.local.secretsmanager;

import dev.baton.local.service.ApiInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A password to be drawn.
///
/// @param kinds the characters of each kind that may be in it
/// @param isOfEachKind whether one of each kind has to be
record RandomPassword(int length, List<String> kinds, boolean isOfEachKind) {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// @throws dev.baton.local.http.AwsError where no such password can be
    static RandomPassword of(ApiInput input) {
        var excluded = input.text("ExcludeCharacters", "");
        var kinds = new ArrayList<String>();
        add(kinds, LOWER, input.flag("ExcludeLowercase"), excluded);
        add(kinds, UPPER, input.flag("ExcludeUppercase"), excluded);
        add(kinds, DIGITS, input.flag("ExcludeNumbers"), excluded);
        add(kinds, PUNCTUATION, input.flag("ExcludePunctuation"), excluded);
        add(kinds, " ", !input.flag("IncludeSpace"), excluded);
        var length = input.integer("PasswordLength", 32);
        var isOfEachKind = input.flag("RequireEachIncludedType", true);
        if (kinds.stream().allMatch(String::isEmpty)) {
            throw SecretErrors.request("The password can't be generated: all of its characters are excluded.");
        }
        if (isOfEachKind && kinds.contains("")) {
            throw SecretErrors.request(
                    "The password can't be generated: it requires a type of which all characters are" + " excluded.");
        }
        if (isOfEachKind && length < kinds.size()) {
            throw SecretErrors.parameter("The password length is too short for the types that it requires.");
        }
        return new RandomPassword(length, kinds, isOfEachKind);
    }

    private static void add(List<String> kinds, String kind, boolean isExcluded, String excluded) {
        if (!isExcluded) {
            kinds.add(kind.chars()
                    .filter(character -> excluded.indexOf(character) < 0)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining()));
        }
    }

    String draw(RandomGenerator random) {
        var letters = String.join("", kinds);
        var drawn = new ArrayList<Character>();
        if (isOfEachKind) {
            kinds.forEach(kind -> drawn.add(kind.charAt(random.nextInt(kind.length()))));
        }
        while (drawn.size() < length) {
            drawn.add(letters.charAt(random.nextInt(letters.length())));
        }
        Collections.shuffle(drawn, random);
        return drawn.stream().map(String::valueOf).collect(Collectors.joining());
    }
}
