namespace LogScalePaging.Falcon.SignIn;

/// <summary>Why Falcon did not issue a token.</summary>
public enum FalconSignInProblem
{
    /// <summary>The client id or the secret is wrong, or belongs to another cloud.</summary>
    Credentials,
    /// <summary>The client may not act for the member CID, or there is none such.</summary>
    MemberCid,
    /// <summary>The account's cloud is not one that is known here.</summary>
    UnknownCloud,
    /// <summary>The address is no Falcon gateway.</summary>
    NotFalcon,
}
