Describe 'Connect-LogScale' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $secret = 'S3cret-Token-Of-This-Test'
        $token = ConvertTo-SecureString $secret -AsPlainText -Force
        $server = Start-LogScaleSimulator -EventCount 500 -EventSpanHours 1 -Token $token -Repository logs
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'takes address, repository and token' {
        $connection = Connect-LogScale $server.BaseUrl -Repository logs -Token $token
        $connection.BaseUrl | Should -Be $server.BaseUrl
        $connection.Repository | Should -Be logs
        (Invoke-QueryJob 'count()' -Start 1h)._count | Should -Not -BeNullOrEmpty
    }

    It 'takes the simulator from the pipeline' { ($server | Connect-LogScale).Repository | Should -Be logs }

    It 'takes the password of a credential as the token' {
        $connection = Connect-LogScale $server.BaseUrl -Repository logs -Token ([pscredential]::new('any', $token))
        (Invoke-QueryJob 'count()' -Start 1h -Connection $connection)._count | Should -Not -BeNullOrEmpty
    }

    It 'refuses a token in plain text, without repeating it' {
        $caught = try { Connect-LogScale $server.BaseUrl -Repository logs -Token $secret } catch { $_ }
        $caught.Exception.Message | Should -Match 'SecureString'
        ($caught | Format-List * -Force | Out-String).Contains($secret) | Should -BeFalse
    }

    It 'reads the environment when nothing is given' {
        $shell = New-OtherPowerShell
        try {
            $env:LOGSCALE_BASE_URL = $server.BaseUrl; $env:LOGSCALE_REPO = 'logs'; $env:LOGSCALE_TOKEN = $secret
            $shell.AddScript("(Invoke-QueryJob 'count()' -Start 1h)._count").Invoke() | Should -Not -BeNullOrEmpty
            $shell.HadErrors | Should -BeFalse
        }
        finally {
            Remove-Item env:LOGSCALE_BASE_URL, env:LOGSCALE_REPO, env:LOGSCALE_TOKEN
            $shell.Runspace.Dispose(); $shell.Dispose()
        }
    }

    It 'says how to connect when nothing is configured' {
        $shell = New-OtherPowerShell
        try {
            [void]$shell.AddScript("Invoke-QueryJob '*'").Invoke()
            $record = $shell.Streams.Error[0]
            $record.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
            $record.ErrorDetails.RecommendedAction | Should -Match 'Connect-LogScale'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'refuses http to another machine, and names the parameter that allows it: <_>' -ForEach 'Connect-LogScale', 'Connect-Falcon' {
        $command = $_
        $parameters = if ($command -eq 'Connect-Falcon') { @{ ClientId = 'id'; ClientSecret = $token } } else { @{ Repository = 'logs'; Token = $token } }
        $caught = try { & $command -BaseUrl http://logscale.example.org @parameters } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'UnencryptedAuthentication,*'
        $caught.Exception.Message | Should -Match '-AllowUnencryptedAuthentication'
        $caught.Exception.Message | Should -Not -Match '--allow'
        (& $command -BaseUrl http://logscale.example.org @parameters -AllowUnencryptedAuthentication).BaseUrl | Should -Be http://logscale.example.org
    }

    It 'names what is missing or malformed: <Name>' -ForEach @(
        @{ Name = 'no address'; With = @{ Repository = 'x' }; Words = 'BaseUrl' }
        @{ Name = 'no repository'; With = @{ BaseUrl = 'https://x.example' }; Words = 'Repository' }
        @{ Name = 'no token'; With = @{ BaseUrl = 'https://x.example'; Repository = 'x' }; Words = 'Token' }
        @{ Name = 'no scheme'; With = @{ BaseUrl = 'x.example'; Repository = 'x' }; Words = 'scheme' }
        @{ Name = 'credentials in the address'; With = @{ BaseUrl = 'https://a:b@x.example'; Repository = 'x' }; Words = 'credentials' }
        @{ Name = 'a bundle that is not there'; With = @{ BaseUrl = 'https://x.example'; Repository = 'x'; CaBundle = 'nowhere.pem' }; Words = 'nowhere.pem' }
    ) {
        if ($Name -ne 'no token') { $With.Token = $token }
        $caught = try { Connect-LogScale @With } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $caught.Exception.Message | Should -Match $Words
    }

    It 'checks its numbers: <Name>' -ForEach @(
        @{ Name = 'TimeoutSec'; Value = 0 }, @{ Name = 'MaxRetryCount'; Value = -1 }, @{ Name = 'ThrottleLimit'; Value = 0 }
    ) {
        $with = @{ $Name = $Value }
        Get-ErrorId { Connect-LogScale $server.BaseUrl -Repository logs -Token $token @with } | Should -Be ParameterArgumentValidationError
    }

    It 'lets -Connection override the default' {
        $other = New-TestServer @{ Repository = 'other'; EventCount = 300 }
        $first = $server | Connect-LogScale
        $null = $other | Connect-LogScale
        (New-QueryJob '*' -Start 1h -Connection $first).Repository | Should -Be logs
        (New-QueryJob '*' -Start 1h).Repository | Should -Be other
        Get-QueryJob | Stop-QueryJob
    }

    # Error records have the lines of the test itself, so these must not have a token.
    It 'uses the last connection that supports the cmdlet, and names it' {
        $falcon = Start-LogScaleSimulator -Gateway -EventCount 300 -EventSpanHours 1 | Connect-Falcon
        $own = Start-LogScaleSimulator -EventCount 400 -EventSpanHours 1 | Connect-LogScale
        try {
            $said = Invoke-QueryJob 'count()' -Start 2h -Verbose 4>&1
            "$said" | Should -BeLike "*Connection: LogScale, $own*"
            $falcon = Start-LogScaleSimulator -Gateway -EventCount 300 -EventSpanHours 1 | Connect-Falcon
            "$(Invoke-QueryJob 'count()' -Start 2h -Verbose 4>&1)" | Should -BeLike "*Connection: NG-SIEM, $falcon*"
            # The gateway has no stream.
            $said = Invoke-QueryJobExport '*' "$TestDrive/stream.ndjson" -Start 2h -Strategy Stream -Verbose 4>&1
            "$said" | Should -BeLike "*Connection: LogScale, $own*"
            $table = $falcon, $own | Format-Table | Out-String
            $table | Should -Match '(?m)^NG-SIEM\s.*\sopen\s'
            $table | Should -Match '(?m)^LogScale\s.*\sopen\s'
            Disconnect-Falcon
            $falcon.IsOpen | Should -BeFalse
            $falcon | Format-Table | Out-String | Should -Match '(?m)^NG-SIEM\s.*\sclosed\s'
            $own.IsOpen | Should -BeTrue
            "$(Invoke-QueryJob 'count()' -Start 2h -Verbose 4>&1)" | Should -BeLike "*Connection: LogScale, $own*"
            { Disconnect-Falcon } | Should -Not -Throw
            $own.IsOpen | Should -BeTrue
        }
        finally { $null = $server | Connect-LogScale }
    }

    It 'gives an error to readers when it is closed: <Name>' -ForEach @(
        @{ Name = 'a search'; Read = { Invoke-QueryJob '*' -Start 2h -PageSize 100 -Strategy Around | ForEach-Object { $_; $connection.Dispose() } }; Id = 'QueryJobIncomplete' }
        @{ Name = 'the pages of a job'; Read = { New-QueryJob '*' -Start 2h | Get-QueryJobPage -PageSize 10 -ErrorAction Stop | ForEach-Object { $_; $connection.Dispose() } }; Id = 'NotConnected' }
    ) {
        $connection = Start-LogScaleSimulator -EventCount 3000 -EventSpanHours 1 | Connect-LogScale
        $caught = try { $null = & $Read } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $caught.CategoryInfo.Category | Should -Be ConnectionError
        "$caught" | Should -BeLike '*The connection to http* was closed.*'
        "$caught" | Should -Not -BeLike '*disposed*'
        $null = $server | Connect-LogScale
    }

    It 'never shows the token: <Name>' -ForEach @(
        @{ Name = 'success'; Script = { Invoke-QueryJob '*' -Start 1h -Verbose -Debug } }
        @{ Name = 'refused'; Wrong = $true; Script = { Invoke-QueryJob '*' -Start 1h -Verbose -Debug } }
        @{ Name = 'no server'; Wrong = $true; Url = 'http://127.0.0.1:9'; Script = { New-QueryJob '*' -Verbose -Debug } }
        @{ Name = 'objects'; Script = { $connection; New-QueryJob '*' -Start 1h; Get-QueryJob; Get-QueryJob | Stop-QueryJob } }
    ) {
        $address = if ($Url) { $Url } else { $server.BaseUrl }
        $sent = if ($Wrong) { "wrong-$secret" } else { $secret }
        $connection = Connect-LogScale $address -Repository logs -Token (ConvertTo-SecureString $sent -AsPlainText -Force) -MaxRetryCount 0
        $Error.Clear()
        $ErrorActionPreference = 'Continue'
        $all = try { & $Script *>&1 } catch { $_ }
        $text = ($all | Out-String) + ($all | Format-List * -Force | Out-String) + ($Error | Format-List * -Force | Out-String) +
            ($all | ConvertTo-Json -Depth 3 -WarningAction Ignore) + [System.Management.Automation.PSSerializer]::Serialize($all, 3)
        $all | Should -Not -BeNullOrEmpty
        $text.Contains($secret) | Should -BeFalse
    }

    It 'does not serialise the token of a simulator' {
        $saved = [System.Management.Automation.PSSerializer]::Serialize($server, 3)
        $saved | Should -Not -Match 'Token'
        $saved | Should -Match 'RequestCount'
    }
}
