Describe 'Errors of NG-SIEM and of the network' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $secret = ConvertTo-SecureString 'simulator-client-secret' -AsPlainText -Force
        $wrong = ConvertTo-SecureString 'not-the-secret' -AsPlainText -Force
        # Retries stay on, to check that there are none if they cannot help.
        function Connect-Test($Server, [hashtable] $With = @{}) {
            $arguments = @{ BaseUrl = $Server.BaseUrl.AbsoluteUri; ClientId = 'simulator-client'; ClientSecret = $secret; MaxRetryCount = 3 }
            if ($Server.CaBundlePem) {
                Set-Content "$TestDrive/ca.pem" $Server.CaBundlePem
                $arguments.CaBundle = "$TestDrive/ca.pem"
            }
            foreach ($key in $With.Keys) { if ($null -eq $With[$key]) { $arguments.Remove($key) } else { $arguments[$key] = $With[$key] } }
            $null = Connect-Falcon @arguments
        }
        $faultType = Get-EngineType LogScalePaging.Simulator.Fault LogScalePaging.Simulator
        $ruleType = Get-EngineType LogScalePaging.Simulator.FaultRule LogScalePaging.Simulator
    }
    AfterEach {
        Disconnect-LogScale
        if ($proxy) { $proxy.Dispose() }
        $server.Dispose()
    }

    It 'has an id and advice for <Name>' -ForEach @(
        @{ Name = 'a wrong secret'; Id = 'FalconCredentialRefused'; Category = 'AuthenticationError'; Words = 'secret is wrong'; Advice = 'Get-Credential'; Requests = 1; Trace = $true
            Do = { $script:server = New-EngineGateway; Connect-Test $server @{ ClientSecret = $wrong } } }
        @{ Name = 'a member CID that is no child'; Id = 'FalconMemberCidRefused'; Category = 'AuthenticationError'; Words = 'abcdef'; Advice = '-MemberCid'; Requests = 1; Trace = $true
            Do = { $script:server = New-EngineGateway; Connect-Test $server @{ MemberCid = 'ABCDEF' } } }
        @{ Name = 'a cloud that is not known'; Id = 'FalconCloudUnknown'; Category = 'ConnectionError'; Words = 'not sent there'; Advice = '-BaseUrl'; Requests = 1; Trace = $true
            Do = { $script:server = New-EngineGateway @{ HomeRegion = 'us-9' }; Connect-Test $server } }
        @{ Name = 'a missing scope'; Id = 'FalconScopeMissing'; Category = 'PermissionDenied'; Words = 'scope NGSIEM'; Advice = 'API clients and keys'; Requests = 2; Trace = $true
            Do = { $script:server = New-EngineGateway @{ Scopes = [string[]]@('hosts:read') }; Connect-Test $server } }
        @{ Name = 'a repository that is not there'; Id = 'NotFound'; Category = 'ObjectNotFound'; Words = 'nowhere'; Requests = 2; Trace = $true
            Do = { $script:server = New-EngineGateway; Connect-Test $server @{ Repository = 'nowhere' } } }
        @{ Name = 'a server that is no gateway'; Id = 'NotFalconGateway|NotTheApi'; Category = '.'; Words = 'not a Falcon gateway'; Advice = '.'; Requests = 3
            Do = { $script:server = (Get-EngineType LogScalePaging.Simulator.LogScaleSimulator LogScalePaging.Simulator)::Start((New-SimulatorSetting SimulatorOptions @{ EventCount = 0 })); Connect-Test $server } }
        @{ Name = 'an expired certificate'; Id = 'CertificateExpired'; Category = 'SecurityError'; Words = 'expired'; Advice = 'clock'; Requests = 0
            Do = { $script:server = New-EngineGateway -Tls @{ Expired = $true }; Connect-Test $server } }
        @{ Name = 'a certificate for another name'; Id = 'CertificateNameMismatch'; Category = 'SecurityError'; Words = 'another name'; Advice = '-BaseUrl'; Requests = 0
            Do = { $script:server = New-EngineGateway -Tls @{ HostName = 'other.example' }; Connect-Test $server } }
        @{ Name = 'an untrusted root'; Id = 'CertificateUntrusted'; Category = 'SecurityError'; Words = 'not trusted'; Advice = '-CaBundle'; Requests = 0
            Do = { $script:server = New-EngineGateway -Tls @{}; Connect-Test $server @{ CaBundle = $null } } }
        @{ Name = 'a proxy that asks for credentials'; Id = 'ProxyCredentialNeeded'; Category = 'AuthenticationError'; Words = '407'; Advice = '-ProxyCredential'; Requests = 0; ProxyRequests = 1
            Do = { $script:server = New-EngineGateway -Tls @{}; $script:proxy = New-EngineProxy @{ User = 'me'; Password = 'hunter2-proxy' }; Connect-Test $server @{ Proxy = $proxy.Url } } }
        @{ Name = 'a proxy that asks for others'; Id = 'ProxyCredentialNeeded'; Category = 'AuthenticationError'; Words = '407'; Advice = '-ProxyCredential'; Requests = 0; ProxyRequests = 2
            Do = { $script:server = New-EngineGateway; $script:proxy = New-EngineProxy @{ User = 'me'; Password = 'hunter2-proxy' }; Connect-Test $server @{ Proxy = $proxy.Url; ProxyCredential = [pscredential]::new('me', $wrong) } } }
        @{ Name = 'a proxy that refuses the host'; Id = 'ProxyRefused'; Category = 'PermissionDenied'; Words = 'allow localhost'; Advice = 'allow the host'; Requests = 0; ProxyRequests = 1
            Do = { $script:server = New-EngineGateway -Tls @{}; $script:proxy = New-EngineProxy @{ Mode = 'Refuse' }; Connect-Test $server @{ Proxy = $proxy.Url } } }
        @{ Name = 'a sign-in page instead of JSON'; Id = 'NotTheApi'; Category = 'InvalidResult'; Words = 'proxy'; Advice = 'Sign in to the proxy'; Requests = 0; ProxyRequests = 3
            Do = { $script:server = New-EngineGateway; $script:proxy = New-EngineProxy @{ Mode = 'SignInPage' }; Connect-Test $server @{ Proxy = $proxy.Url } } }
        @{ Name = 'a redirect elsewhere'; Id = 'Redirected'; Category = 'ConnectionError'; Words = 'elsewhere.example'; Requests = 2; Trace = $true
            Do = {
                $script:server = New-EngineGateway
                $rule = [Activator]::CreateInstance($ruleType)
                $rule.Fault = $faultType::Status(302, '', [ValueTuple[string, string]]::new('Location', 'https://elsewhere.example/login'))
                $rule.Kind = 'Create'
                $server.Faults.Add($rule)
                Connect-Test $server
            } }
    ) {
        $script:proxy = $null
        & $Do
        $caught = try { Invoke-QueryJob '*' -Start 1h } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -MatchExactly "^($Id),LogScalePaging.Commands.InvokeQueryJobCommand$"
        $caught.CategoryInfo.Category | Should -Match $Category
        $caught.Exception.Message | Should -Match ([regex]::Escape($Words))
        if ($Advice) { $caught.ErrorDetails.RecommendedAction | Should -Match $Advice }
        if ($Trace) {
            $caught.Exception.TraceId | Should -Not -BeNullOrEmpty
            $caught.Exception.Message | Should -Match "trace id $($caught.Exception.TraceId)"
        }
        $server.RequestCount | Should -Be $Requests
        if ($ProxyRequests) { $proxy.Requests.Count | Should -Be $ProxyRequests }
        $server.LiveJobCount | Should -Be 0
    }

    It 'warns each time when certificates are not checked' {
        $script:server = New-EngineGateway -Tls @{ Expired = $true }
        $proxy = $null
        $connecting = Connect-Falcon -BaseUrl $server.BaseUrl -ClientId simulator-client -ClientSecret $secret -SkipCertificateCheck 3>&1
        @($connecting | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Count | Should -Be 1
        foreach ($run in 1, 2) {
            @(Invoke-QueryJob 'count()' -Start 1h 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Count | Should -Be 1
        }
    }

    It 'trusts a private root by its bundle, from CA_BUNDLE too' {
        $script:server = New-EngineGateway -Tls @{}
        $proxy = $null
        Connect-Test $server
        (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty
        $env:CA_BUNDLE = "$TestDrive/ca.pem"
        try {
            $null = Connect-Falcon -BaseUrl $server.BaseUrl -ClientId simulator-client -ClientSecret $secret
            (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty
        }
        finally { Remove-Item env:CA_BUNDLE }
    }
}

Describe 'One script for both' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    AfterEach { Disconnect-LogScale; Stop-LogScaleSimulator }

    It 'runs against <Name> with only the connection changed' -ForEach @(
        @{ Name = 'LogScale'; With = @{}; System = 'LogScale' }
        @{ Name = 'NG-SIEM'; With = @{ Gateway = $true }; System = 'NG-SIEM' }
    ) {
        # Every count of the test must be the same, so no event may arrive during it.
        $server = Start-LogScaleSimulator -EventCount 3000 -EventSpanHours 1 -Seed 5 -CrowdCount 260 -EventRatePerMinute 0 @With
        $connection = if ($With.Gateway) { $server | Connect-Falcon } else { $server | Connect-LogScale }
        $connection.System | Should -Be $System
        Push-Location $TestDrive
        try {
            $seen = & {
                param($Query)
                $ErrorActionPreference = 'Stop'
                @(Invoke-QueryJob $Query -Start 2h).Count
                @(Invoke-QueryJob $Query -Start 2h -First 3).Count
                [int](Invoke-QueryJob "$Query | count()" -Start 2h)._count
                @(Invoke-QueryJob "$Query | groupBy(ComputerName)" -Start 2h).Count -gt 1
                $job = New-QueryJob $Query -Start 2h
                ($job | Wait-QueryJob).State
                @($job | Get-QueryJobPage -All).Count
                $job | Send-QueryJobHeartbeat
                @(Get-QueryJob).Count
                $job | Stop-QueryJob
                foreach ($strategy in 'Around', 'Window') {
                    $export = Invoke-QueryJobExport $Query -Start 2h -Path "$strategy.ndjson" -Strategy $strategy -Force
                    "$($export.State) $($export.Events)"
                }
                (Test-PagedExport Around.ndjson).IsValid
                try { Invoke-QueryJob 'groupBy(' -Start 2h } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
            } $Query
        }
        finally { Pop-Location }
        $truth = $seen[0]
        $truth | Should -BeGreaterThan 260
        $seen | Should -Not -Contain $null
        "$seen" | Should -Match "^$truth 3 $truth True Done $truth 1 Complete $truth Complete $truth True BadRequest$"
        $server.LiveJobCount | Should -Be 0
    }

    It 'streams from LogScale, and refuses to stream through the gateway before anything is sent' {
        $server = Start-LogScaleSimulator -EventCount 3000 -EventSpanHours 1 -Seed 5
        $null = $server | Connect-LogScale
        (Invoke-QueryJobExport $Query -Start 2h -Path "$TestDrive/streamed.ndjson" -Strategy Stream).State | Should -Be Complete
        Disconnect-LogScale
        $gateway = Start-LogScaleSimulator -EventCount 3000 -EventSpanHours 1 -Seed 5 -Gateway
        $null = $gateway | Connect-Falcon
        foreach ($parameters in @{}, @{ WhatIf = $true }) {
            $caught = try { Invoke-QueryJobExport $Query -Start 2h -Path "$TestDrive/refused.ndjson" -Strategy Stream -ErrorAction Stop @parameters } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $caught.Exception.Message | Should -Match 'Auto or Window'
        }
        $gateway.RequestCount | Should -Be 0
        "$TestDrive/refused.ndjson*" | Should -Not -Exist
    }
}

Describe 'Secrets' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        # Error records have the running lines of this test, so the secret must not be in them.
        $plain = 'C1ient-Secret-Of/This+Test='
        $proxyPlain = 'Pr0xy-Password-Of-This-Test'
        $secret = ConvertTo-SecureString $plain -AsPlainText -Force
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 900 -EventSpanHours 1 -ClientSecret $secret
        $proxy = New-EngineProxy @{ User = 'me'; Password = $proxyPlain }
        $proxyCredential = [pscredential]::new('me', (ConvertTo-SecureString $proxyPlain -AsPlainText -Force))
        $address = $gateway.BaseUrl
        $credential = [pscredential]::new($gateway.ClientId, $secret)
    }
    AfterAll { Disconnect-LogScale; Stop-LogScaleSimulator; $proxy.Dispose() }

    It 'appear in no stream, object, error, file or transcript' {
        Push-Location $TestDrive
        $Error.Clear()
        $transcript = Join-Path $TestDrive transcript.txt
        $null = Start-Transcript $transcript -IncludeInvocationHeader
        try {
            $all = & {
                $ErrorActionPreference = 'Continue'
                $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
                $gateway
                Connect-Falcon -BaseUrl $address -Credential $credential -Proxy $proxy.Url -ProxyCredential $proxyCredential -OutVariable connection
                Invoke-QueryJob '#event_simpleName=ProcessRollup2' -Start 2h -First 250 | Select-Object -First 2
                Invoke-QueryJobExport '*' -Start 2h -Path all.ndjson -MaxEvents 400
                Invoke-QueryJobExport '*' -Start 2h -Path all.csv -MaxEvents 400
                New-QueryJob '*' -Start 1h -OutVariable job; Get-QueryJob; $job | Stop-QueryJob
                $gateway.ExpireTokens()
                Invoke-QueryJob 'count()' -Start 1h
                $gateway.Scopes = 'hosts:read'
                try { Invoke-QueryJob '*' -Start 1h } catch { $_ }
                $gateway.Scopes = 'ngsiem:read', 'ngsiem:write'
                try { Connect-Falcon -BaseUrl $address -ClientId other -ClientSecret $secret; Invoke-QueryJob '*' } catch { $_ }
                try { Connect-Falcon -BaseUrl $address -Credential $credential -MemberCid abcdef; Invoke-QueryJob '*' } catch { $_ }
                try { Connect-Falcon -BaseUrl $address -Credential $credential -Proxy $proxy.Url -ProxyCredential $credential; Invoke-QueryJob '*' } catch { $_ }
                try { Connect-Falcon -BaseUrl http://127.0.0.1:9 -Credential $credential -MaxRetryCount 0; Invoke-QueryJob '*' } catch { $_ }
                foreach ($fault in 'Html', '500', 'CutBody', 'WrongJson') {
                    try { Connect-Falcon -BaseUrl $address -Credential $credential -MaxRetryCount 0; $gateway.AddFault($fault, '', 0, 9); Invoke-QueryJob '*' -Start 1h } catch { $_ }
                    $gateway.ClearFaults()
                }
                $connection | Disconnect-LogScale
                $connection
                Get-Variable connection, gateway, job | ForEach-Object Value
            } *>&1
            $all | Out-Default
        }
        finally {
            $null = Stop-Transcript
            Pop-Location
        }
        $tokens = Get-IssuedToken $gateway
        $tokens.Count | Should -BeGreaterOrEqual 3
        $all.Count | Should -BeGreaterThan 50
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -BeGreaterThan 6
        $text = @(
            $all | Out-String -Width 500
            $all | Format-List * -Force | Out-String -Width 500
            $Error | Format-List * -Force | Out-String -Width 500
            $Error | ForEach-Object { $_ | Get-Error | Out-String -Width 500 }
            foreach ($item in $all) { $item | ConvertTo-Json -Depth 4 -WarningAction Ignore; [System.Management.Automation.PSSerializer]::Serialize($item, 4) }
            $gateway.GetRequestLog()
            Get-ChildItem $TestDrive -Recurse -File | ForEach-Object { $_.FullName; Get-Content $_.FullName -Raw }
        ) -join "`n"
        $text | Should -Match 'oauth2/token 201'
        $basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($gateway.ClientId):$plain"))
        foreach ($word in @($plain, [uri]::EscapeDataString($plain), $basic, $proxyPlain, [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("me:$proxyPlain"))) + $tokens) {
            $text.Contains($word) | Should -BeFalse
        }
    }
}
