<#
.SYNOPSIS
Exports events with a token from a vault of SecretManagement, so that no script and no variable has it.
.DESCRIPTION
Needs the module Microsoft.PowerShell.SecretManagement and a registered vault, for example of SecretStore, KeePass or Azure Key Vault:

  Register-SecretVault corporate -ModuleName Microsoft.PowerShell.SecretStore
  Set-Secret logscale -Vault corporate     # asks for the token
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $Path,
    [string] $Query = '#event_simpleName=UserLogon',
    [string] $Start = '24h',
    [string] $SecretName = 'logscale',
    [string] $Vault = 'corporate'
)
$ErrorActionPreference = 'Stop'

$connection = Connect-LogScale $BaseUrl -Repository $Repository -SecretName $SecretName -Vault $Vault
try {
    Invoke-QueryJobExport $Query $Path -Start $Start -Connection $connection -RequireComplete
}
finally { Disconnect-LogScale $connection }
