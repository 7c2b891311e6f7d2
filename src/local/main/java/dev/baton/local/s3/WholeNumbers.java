package dev.baton.local.s3;

/// Whole numbers in parameters.
final class WholeNumbers {
    private WholeNumbers() {}

    /// @throws dev.baton.local.http.AwsError `InvalidArgument`
    static int parse(String text, String name, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw S3Error.invalidArgument(name + " must be an integer between " + least + " and " + most, name, text);
    }

    /// The same, and what is more than the most counts as the most.
    static int parseAtMost(String text, String name, int most) {
        return Math.min(parse(text, name, 0, 999_999_999), most);
    }
}
