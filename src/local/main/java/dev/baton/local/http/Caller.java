package dev.baton.local.http;

/// Who signed a request. `dev.baton.local.iam` has the kinds with policies; here are the two that need none.
public interface Caller {

    /// The ARN that error messages and `GetCallerIdentity` show, such as
    /// `arn:aws:sts::000000000000:assumed-role/reader/session`.
    String arn();

    /// The unique id that `GetCallerIdentity` shows, such as `AROA…:session`.
    String userId();

    /// Twelve digits.
    String account();

    /// The account itself: may do everything that no resource policy denies.
    record Root(String account) implements Caller {
        @Override
        public String arn() {
            return "arn:" + Account.PARTITION + ":iam::" + account + ":root";
        }

        @Override
        public String userId() {
            return account;
        }
    }

    /// Nobody: the request bears no signature. It may do only what a resource policy grants to everyone.
    record Anonymous() implements Caller {
        @Override
        public String arn() {
            return "anonymous";
        }

        @Override
        public String userId() {
            return "anonymous";
        }

        @Override
        public String account() {
            return "anonymous";
        }
    }
}
