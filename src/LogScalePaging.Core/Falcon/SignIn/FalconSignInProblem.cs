namespace LogScalePaging.Falcon.SignIn;

/// <summary>Why Falcon did not issue a token.</summary>
public enum FalconSignInProblem
{
    /// <summary>The client id or the secret is wrong, or belongs to another cloud.</summary>
    Credentials,
    /// <summary>The client may not search the member CID, or the CID does not exist.</summary>
    MemberCid,
    /// <summary>The account's cloud is not known here.</summary>
    UnknownCloud,
    /// <summary>The address is not a Falcon gateway.</summary>
    NotFalcon,
}
