package dev.baton.local.identity;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;

/// Temporary credentials of roles for the services of this process.
public interface RoleSessions {

    /// A session for a service to which the role's trust policy must grant `sts:AssumeRole`, of one hour.
    ///
    /// @param service such as `lambda.amazonaws.com`
    /// @param context what the trust policy may ask about, such as `aws:SourceArn` and `aws:SourceAccount`
    /// @throws dev.baton.local.http.AccessDenied when the trust policy does not grant it or the role does not exist
    AccessKey assumeAsService(String service, String roleArn, String sessionName, RequestContext context);

    /// Whether a role exists and its trust policy grants a service `sts:AssumeRole`. Makes no session.
    boolean mayAssumeAsService(String service, String roleArn, RequestContext context);

    /// A session for another role, as a state's `AccessKey.RoleArn` asks for: the caller needs `sts:AssumeRole` on it
    /// and the role must trust the caller.
    ///
    /// @throws dev.baton.local.http.AccessDenied when either does not grant it or the role does not exist
    AccessKey assume(Caller caller, String roleArn, String sessionName, RequestContext context);
}
