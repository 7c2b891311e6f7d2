package dev.baton.local.iam.policy;

/// A kind of policy that has a say in a decision, in the words of AWS's error messages.
public enum PolicyLayer {
    SERVICE_CONTROL("service control policy", "a service control policy"),
    RESOURCE_CONTROL("resource control policy", "a resource control policy"),
    ENDPOINT("VPC endpoint policy", "a VPC endpoint policy"),
    RESOURCE("resource-based policy", "a resource-based policy"),
    TRUST("role trust policy", "the role trust policy"),
    BOUNDARY("permissions boundary", "a permissions boundary"),
    SESSION("session policy", "a session policy"),
    IDENTITY("identity-based policy", "an identity-based policy");

    private final String words;
    private final String withArticle;

    PolicyLayer(String words, String withArticle) {
        this.words = words;
        this.withArticle = withArticle;
    }

    public String words() {
        return words;
    }

    public String withArticle() {
        return withArticle;
    }
}
