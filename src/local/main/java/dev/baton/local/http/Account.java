package dev.baton.local.http;

/// The AWS account and region that the embedded AWS plays.
///
/// @param id twelve digits
/// @param region such as `eu-central-1`
public record Account(String id, String region) {
    public static final String PARTITION = "aws";

    public Account {
        if (!id.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("an account id is twelve digits, but was " + id);
        }
        if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}")) {
            throw new IllegalArgumentException("a region is a name such as eu-central-1, but was " + region);
        }
    }

    /// The ARN of a regional resource of this account, such as `arn:aws:states:eu-central-1:000000000000:…`.
    public String arn(String service, String resource) {
        return "arn:" + PARTITION + ":" + service + ":" + region + ":" + id + ":" + resource;
    }

    /// The ARN of a resource that has no region, as IAM's and STS's have none.
    public String globalArn(String service, String resource) {
        return "arn:" + PARTITION + ":" + service + "::" + id + ":" + resource;
    }
}
