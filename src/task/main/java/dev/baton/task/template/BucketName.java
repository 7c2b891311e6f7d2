package dev.baton.task.template;

import java.util.List;
import java.util.Optional;

/// The rules of S3 for the names of general purpose buckets, as far as a name of small letters, digits and hyphens can
/// break them.
///
/// [Bucket naming rules](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html)
public final class BucketName {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 63;
    private static final List<String> BEGINNINGS = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> ENDINGS = List.of("-s3alias", "--ol-s3", "--x-s3", "--table-s3");

    private BucketName() {}

    /// Why S3 refuses a bucket of this name, as the end of a sentence about it; nothing where it takes it.
    public static Optional<String> problem(String name) {
        if (name.length() < SHORTEST || name.length() > LONGEST) {
            return Optional.of("has " + name.length() + (name.length() == 1 ? " character" : " characters") + ""
                    + " instead of "
                    + SHORTEST + " to " + LONGEST);
        }
        if (!name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
            return Optional.of("holds something else than small letters, digits and hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            return Optional.of("does not begin and end with a letter or a digit");
        }
        return BEGINNINGS.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(beginning -> "begins with " + beginning + ", which S3 keeps for itself")
                .or(() -> ENDINGS.stream()
                        .filter(name::endsWith)
                        .findFirst()
                        .map(ending -> "ends with " + ending + ", which S3 keeps for itself"));
    }
}
