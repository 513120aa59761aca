Describe 'Connecting to NG-SIEM' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 500 -EventSpanHours 1 -MemberCid 0123456789ABCDEF0123456789ABCDEF-4F
        $id = $gateway.ClientId
        $secret = $gateway.ClientSecret
        $credential = [pscredential]::new($id, $secret)
        function Test-Works { (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty }
    }
    AfterEach { 'FALCON_CLIENT_ID', 'FALCON_CLIENT_SECRET', 'FALCON_BASE_URL', 'FALCON_CLOUD', 'FALCON_MEMBER_CID' | ForEach-Object { Remove-Item "env:$_" -ErrorAction Ignore } }
    AfterAll { Disconnect-LogScale; Stop-LogScaleSimulator }

    It 'works with <Name>' -ForEach @(
        @{ Name = 'Connect-Falcon with id and secret'; Connect = { Connect-Falcon -BaseUrl $gateway.BaseUrl -ClientId $id -ClientSecret $secret } }
        @{ Name = 'Connect-Falcon with a credential'; Connect = { Connect-Falcon -BaseUrl $gateway.BaseUrl -Credential $credential } }
        @{ Name = 'Connect-Falcon after a simulator'; Connect = { $gateway | Connect-Falcon } }
        @{ Name = 'Connect-Falcon after a secret'; Connect = { $secret | Connect-Falcon -BaseUrl $gateway.BaseUrl -ClientId $id } }
        @{ Name = 'a member CID as the console shows it'; Connect = { $gateway | Connect-Falcon -MemberCid 0123456789ABCDEF0123456789ABCDEF-4F } }
    ) {
        $connection = & $Connect
        $connection | Should -BeOfType LogScalePaging.FalconConnection
        $connection.System | Should -Be NG-SIEM
        $connection.Repository | Should -Be search-all
        $connection.ClientId | Should -Be $id
        Test-Works
    }

    It 'reads the environment: <Name>' -ForEach @(
        @{ Name = 'Connect-Falcon'; Connect = { Connect-Falcon } }
        @{ Name = 'Connect-Falcon with what is missing'; Connect = { Remove-Item env:FALCON_BASE_URL; Connect-Falcon -BaseUrl $gateway.BaseUrl -MemberCid 0123456789abcdef0123456789abcdef } }
        @{ Name = 'no Connect at all'; Connect = { Disconnect-LogScale } }
    ) {
        $env:FALCON_CLIENT_ID = $id; $env:FALCON_CLIENT_SECRET = [System.Net.NetworkCredential]::new('', $secret).Password; $env:FALCON_BASE_URL = $gateway.BaseUrl
        & $Connect | Out-Null
        Test-Works
    }

    It 'prefers LOGSCALE_* if the user does not choose' {
        $env:FALCON_CLIENT_ID = $id; $env:FALCON_CLIENT_SECRET = 'x'; $env:LOGSCALE_BASE_URL = 'https://logs.example.com'; $env:LOGSCALE_REPO = 'logs'; $env:LOGSCALE_TOKEN = 'y'
        try {
            (Connect-LogScale).System | Should -Be LogScale
            (Connect-Falcon -Cloud us-2).BaseUrl | Should -Be https://api.us-2.crowdstrike.com
        }
        finally { Remove-Item env:LOGSCALE_BASE_URL, env:LOGSCALE_REPO, env:LOGSCALE_TOKEN }
    }

    It 'points from Connect-LogScale to Connect-Falcon if only FALCON_* is set: <Line>' -ForEach @{ Line = 'Connect-LogScale' }, @{ Line = 'Connect-LogScale -Repository logs' } {
        $env:FALCON_CLIENT_ID = $id; $env:FALCON_CLIENT_SECRET = 'x'
        $caught = try { & ([scriptblock]::Create($Line)) } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$caught" | Should -BeLike '*FALCON_CLIENT_ID*Use Connect-Falcon*'
        # The given parameters mean LogScale, so the message only names the missing ones.
        "$(try { Connect-LogScale https://logs.example.com -Repository logs } catch { $_ })" | Should -BeLike 'The token is missing.*'
    }

    It 'has no parameters of Falcon on Connect-LogScale' {
        $parameters = (Get-Command Connect-LogScale).Parameters.Keys
        'ClientId', 'ClientSecret', 'Credential', 'Cloud', 'MemberCid' | Where-Object { $_ -in $parameters } | Should -BeNullOrEmpty
    }

    It 'knows the cloud <Cloud>' -ForEach @(
        @{ Cloud = 'us-1'; Url = 'https://api.crowdstrike.com' }, @{ Cloud = 'EU1'; Url = 'https://api.eu-1.crowdstrike.com' }
        @{ Cloud = 'us-gov-1'; Url = 'https://api.laggar.gcw.crowdstrike.com' }, @{ Cloud = 'autodiscover'; Url = 'https://api.crowdstrike.com' }
    ) { (Connect-Falcon -Credential $credential -Cloud $Cloud).BaseUrl | Should -Be $Url }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Connect-Falcon -Cloud eu'; Words = 'eu-1' }
        @{ Line = 'Connect-Falcon -Cloud auto'; Words = 'autodiscover' }
        @{ Line = 'Connect-Falcon -Repository inv'; Words = 'investigate_view' }
        @{ Line = 'Connect-Falcon -ClientId x -Repository third'; Words = 'third-party' }
        @{ Line = 'New-QueryJob x -Repository forensics'; Words = 'forensics_view' }
    ) {
        $null = $gateway | Connect-Falcon
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Words
    }

    It 'does not offer the views of NG-SIEM for LogScale itself' {
        $line = 'Connect-LogScale https://x.example -Token $t -Repository third'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Not -Contain 'third-party'
    }

    It 'reports an invalid setting: <Name>' -ForEach @(
        @{ Name = 'no id'; Words = 'FALCON_CLIENT_ID'; Connect = { Connect-Falcon -ClientSecret $secret } }
        @{ Name = 'no secret'; Words = 'FALCON_CLIENT_SECRET'; Connect = { Connect-Falcon -ClientId x } }
        @{ Name = 'an unknown cloud'; Words = 'us-gov-2'; Connect = { Connect-Falcon -Credential $credential -Cloud moon-1 } }
        @{ Name = 'cloud and address'; Words = 'not both'; Connect = { Connect-Falcon -Credential $credential -Cloud us-1 -BaseUrl https://x.example } }
        @{ Name = 'a vault alone'; Words = '-SecretName'; Connect = { Connect-Falcon -ClientId x -Vault v } }
        @{ Name = 'a proxy with its password'; Words = '-ProxyCredential'; Connect = { Connect-Falcon -Credential $credential -Proxy http://me:pass@proxy:8080 } }
        @{ Name = 'a certificate that is not there'; Words = 'nowhere.pfx'; Connect = { Connect-Falcon -Credential $credential -CertificateFile nowhere.pfx } }
    ) {
        $caught = try { & $Connect } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $caught.Exception.Message | Should -BeLike "*$Words*"
    }

    It 'uses a client certificate from <Name>' -ForEach @(
        @{ Name = 'a store'; Connect = { Connect-Falcon -Credential $credential -Certificate $certificate } }
        @{ Name = 'a PFX file'; Connect = { Connect-Falcon -Credential $credential -CertificateFile client.pfx -CertificatePassword $password } }
        @{ Name = 'a PEM file'; Connect = { Connect-Falcon -Credential $credential -CertificateFile client.pem } }
    ) {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=runbook', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned('2020-01-01', '2040-01-01')
        $password = ConvertTo-SecureString 'pfx-password' -AsPlainText -Force
        Push-Location $TestDrive
        try {
            [IO.File]::WriteAllBytes("$TestDrive/client.pfx", $certificate.Export('Pfx', 'pfx-password'))
            Set-Content client.pem ($certificate.ExportCertificatePem() + "`n" + $key.ExportPkcs8PrivateKeyPem())
            (& $Connect).Certificate | Should -Be 'CN=runbook'
            Get-ErrorId { Connect-Falcon -Credential $credential -CertificateFile client.pfx } | Should -Be InvalidArgument
        }
        finally { Pop-Location }
    }
}

Describe 'Secrets of SecretManagement' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 300 -EventSpanHours 1
        $direct = Start-LogScaleSimulator -EventCount 300 -EventSpanHours 1
    }
    AfterAll { Disconnect-LogScale; Stop-LogScaleSimulator }

    It 'says how to start a simulator that it can connect to' {
        $caught = try { $direct | Connect-Falcon } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'NotFalconGateway,*'
        "$caught" | Should -Match 'was started without -Gateway'
        $caught.ErrorDetails.RecommendedAction | Should -Be 'Start-LogScaleSimulator -Gateway | Connect-Falcon'
        Get-ErrorId { Connect-Falcon -BaseUrl "$($direct.BaseUrl)/" -ClientId x } | Should -Be NotFalconGateway
        ($gateway | Connect-Falcon).System | Should -Be NG-SIEM
        $caught = try { $gateway | Connect-LogScale } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$caught" | Should -Match 'was started with -Gateway.*Connect-Falcon'
    }

    It 'says what to install if the module is missing' {
        $caught = try { Connect-Falcon -SecretName falcon } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'SecretManagementMissing,*'
        $caught.Exception.Message | Should -Match 'Install-Module'
    }

    Context 'with the module' {
        BeforeAll {
            # The values that the module's own cmdlet returns: a credential, a SecureString (for text too), a hashtable.
            $folder = New-Item -ItemType Directory "$TestDrive/Modules/Microsoft.PowerShell.SecretManagement"
            Set-Content "$folder/Microsoft.PowerShell.SecretManagement.psm1" @'
function Get-Secret {
    [CmdletBinding()] param([Parameter(Mandatory)][string] $Name, [string] $Vault, [switch] $AsPlainText)
    if ($AsPlainText) { throw 'plain text was not expected' }
    if ($Vault -and $Vault -ne 'corporate') { Write-Error "Vault $Vault does not exist in registry."; return }
    switch ($Name) {
        'falcon' { [pscredential]::new('simulator-client', (ConvertTo-SecureString 'simulator-client-secret' -AsPlainText -Force)) }
        'falcon-secret' { ConvertTo-SecureString 'simulator-client-secret' -AsPlainText -Force }
        'logscale' { ConvertTo-SecureString 'simulator-token' -AsPlainText -Force }
        'table' { @{ a = 1 } }
        default { Write-Error "The secret $Name was not found." }
    }
}
'@
            New-ModuleManifest "$folder/Microsoft.PowerShell.SecretManagement.psd1" -RootModule Microsoft.PowerShell.SecretManagement.psm1 -FunctionsToExport Get-Secret
            $before = $env:PSModulePath
            $env:PSModulePath = "$TestDrive/Modules" + [IO.Path]::PathSeparator + $env:PSModulePath
        }
        AfterAll { $env:PSModulePath = $before; Remove-Module Microsoft.PowerShell.SecretManagement -ErrorAction Ignore }

        It 'takes <Name>' -ForEach @(
            @{ Name = 'an API client'; System = 'NG-SIEM'; Connect = { Connect-Falcon -SecretName falcon -BaseUrl $gateway.BaseUrl } }
            @{ Name = 'an API client of a vault'; System = 'NG-SIEM'; Connect = { Connect-Falcon -BaseUrl $gateway.BaseUrl -SecretName falcon -Vault corporate } }
            @{ Name = 'the secret of a client that is named'; System = 'NG-SIEM'; Connect = { Connect-Falcon -BaseUrl $gateway.BaseUrl -ClientId simulator-client -SecretName falcon-secret } }
            @{ Name = 'a token'; System = 'LogScale'; Connect = { Connect-LogScale $direct.BaseUrl -Repository demo -SecretName logscale } }
        ) {
            (& $Connect).System | Should -Be $System
            (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty
        }

        It 'says what is wrong with <Name>' -ForEach @(
            @{ Name = 'a secret that is not there'; Id = 'SecretNotFound'; Words = 'nothing'; Connect = { Connect-Falcon -SecretName nothing } }
            @{ Name = 'a vault that is not there'; Id = 'SecretNotFound'; Words = 'elsewhere'; Connect = { Connect-Falcon -SecretName falcon -Vault elsewhere } }
            @{ Name = 'a secret of another kind'; Id = 'SecretNotUsable'; Words = 'PSCredential'; Connect = { Connect-Falcon -SecretName table } }
        ) {
            $caught = try { & $Connect } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $caught.Exception.Message | Should -Match $Words
        }
    }
}

Describe 'Disconnect-LogScale' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    BeforeEach {
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 300 -EventSpanHours 1
        $connection = $gateway | Connect-Falcon
        $null = Invoke-QueryJob 'count()' -Start 1h
        $gateway.LiveTokenCount | Should -Be 1
    }
    AfterEach { Disconnect-LogScale; Stop-LogScaleSimulator }

    It 'revokes the token and forgets the default connection' {
        Disconnect-LogScale | Should -BeNullOrEmpty
        $gateway.LiveTokenCount | Should -Be 0
        $connection.IsOpen | Should -BeFalse
        Get-ErrorId { Invoke-QueryJob 'count()' } | Should -Be NotConnected
        Get-ErrorId { Invoke-QueryJob 'count()' -Connection $connection } | Should -Be NotConnected
    }

    It 'takes connections from the pipeline, and leaves the others' {
        $other = $gateway | Connect-Falcon
        $null = Invoke-QueryJob 'count()' -Start 1h
        $connection | Disconnect-LogScale
        $gateway.LiveTokenCount | Should -Be 1
        (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty
        $other, $connection | Disconnect-LogScale
        $gateway.LiveTokenCount | Should -Be 0
    }

    It 'does nothing with -WhatIf, or when nothing is connected' {
        Disconnect-LogScale -WhatIf
        $gateway.LiveTokenCount | Should -Be 1
        Disconnect-LogScale
        { Disconnect-LogScale -ErrorAction Stop } | Should -Not -Throw
    }

    It 'deletes the jobs that were made on the connection, and none with -WhatIf' {
        $null = New-QueryJob 'count()' -Start 1h
        $null = New-QueryJob 'count()' -Start 1h -Live
        $other = $gateway | Connect-Falcon
        $theirs = New-QueryJob 'count()' -Start 1h -Connection $other
        $before = $gateway.LiveJobCount
        $connection | Disconnect-LogScale -WhatIf
        $gateway.LiveJobCount | Should -Be $before
        $connection | Disconnect-LogScale
        $gateway.LiveJobCount | Should -Be ($before - 2)
        ($theirs | Get-QueryJob).Id | Should -Be $theirs.Id
        $other | Disconnect-LogScale
        $gateway.LiveJobCount | Should -Be ($before - 3)
    }

    It 'ends a connection to LogScale itself too' {
        $direct = New-TestServer
        Disconnect-LogScale
        # The gateway's connection is the last one again, until it ends too.
        "$(Invoke-QueryJob 'count()' -Verbose 4>&1)" | Should -BeLike "*Connection: NG-SIEM, $connection*"
        Disconnect-Falcon
        Get-ErrorId { Invoke-QueryJob 'count()' } | Should -Be NotConnected
    }

    It 'is what Dispose does' {
        $connection.Dispose()
        $gateway.LiveTokenCount | Should -Be 0
    }

    It 'never fails when the server is gone' {
        $gateway | Stop-LogScaleSimulator
        { $connection | Disconnect-LogScale -ErrorAction Stop } | Should -Not -Throw
    }

    It 'is done for a runspace when <Name>' -ForEach @(
        @{ Name = 'the module is removed'; Script = 'Remove-Module LogScalePaging' }
    ) {
        Disconnect-LogScale
        $shell = New-OtherPowerShell @{ gateway = $gateway }
        try {
            [void]$shell.AddScript("`$null = `$gateway | Connect-Falcon; `$null = Invoke-QueryJob 'count()' -Start 1h; `$gateway.LiveTokenCount; $Script").Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $gateway.TokenRequestCount | Should -Be 2
            $gateway.LiveTokenCount | Should -Be 0
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'is done when the process <Name>' -ForEach @(
        @{ Name = 'ends'; End = '' }, @{ Name = 'exits'; End = 'exit 3' }, @{ Name = 'ends by an error'; End = 'throw 7' }
    ) {
        Disconnect-LogScale
        $env:FALCON_CLIENT_ID = $gateway.ClientId; $env:FALCON_CLIENT_SECRET = 'simulator-client-secret'; $env:FALCON_BASE_URL = $gateway.BaseUrl
        try {
            $script = "Import-Module '$ModulePath'; `$null = Connect-Falcon; `$null = Invoke-QueryJob 'count()' -Start 1h; $End"
            Invoke-Shell -NoProfile -NonInteractive -Command $script 2>&1 | Out-Null
        }
        finally { Remove-Item env:FALCON_CLIENT_ID, env:FALCON_CLIENT_SECRET, env:FALCON_BASE_URL }
        $gateway.TokenRequestCount | Should -Be 2
        $gateway.LiveTokenCount | Should -Be 0
    }
}
