Describe 'Get-LogScaleConnection' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $logscale = Start-LogScaleSimulator -EventCount 10
        $falcon = Start-LogScaleSimulator -Gateway -EventCount 10
        $axiom = Start-LogScaleSimulator -System Axiom -EventCount 10
    }
    BeforeEach { Get-LogScaleConnection | ForEach-Object Dispose }
    AfterAll { Stop-LogScaleSimulator }

    It 'lists nothing without a connection, and sends nothing' {
        Get-LogScaleConnection | Should -BeNullOrEmpty
    }

    It 'lists the connections to all systems, and marks those that cmdlets use' {
        $first = $logscale | Connect-LogScale
        $second = $logscale | Connect-LogScale
        $third = $axiom | Connect-Axiom
        $all = @(Get-LogScaleConnection)
        $all | Should -HaveCount 3
        $all[0] | Should -Be $first
        $all.IsDefault | Should -Be $false, $true, $true
        Get-LogScaleConnection -Default | ForEach-Object System | Should -Be LogScale, Axiom
        $all | Out-String -Width 200 | Should -Match '(?m)^System +BaseUrl +Repository +State +Default'
    }

    It 'marks the one of two systems that Invoke-QueryJob uses' {
        $first = $logscale | Connect-LogScale
        $second = $falcon | Connect-Falcon
        $first.IsDefault, $second.IsDefault | Should -Be $false, $true
        Disconnect-Falcon
        $first.IsDefault | Should -BeTrue
        Get-LogScaleConnection | Should -Be $first
    }

    It 'does not list a connection to a stopped simulator' {
        $server = Start-LogScaleSimulator -EventCount 0
        $null = $server | Connect-LogScale
        $server | Stop-LogScaleSimulator
        Get-LogScaleConnection | Should -BeNullOrEmpty
    }
}

Describe 'Test-LogScaleConnection' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $token = ConvertTo-SecureString 'the-real-token' -AsPlainText -Force
        $wrong = ConvertTo-SecureString 'another-token' -AsPlainText -Force
        $server = Start-LogScaleSimulator -EventCount 300 -Repository logs -Token $token
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 10
        $axiomServer = Start-LogScaleSimulator -System Axiom -EventCount 10
        $falconServer = Start-LogScaleSimulator -System Falcon -EventCount 10
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'tests the last connection of the session, and leaves no job' {
        $null = $server | Connect-LogScale
        $test = Test-LogScaleConnection
        $test | Should -BeOfType LogScalePaging.ConnectionTest
        $test.IsReachable, $test.IsTokenAccepted, $test.IsSearchable, $test.IsSuccessful | Should -Be $true, $true, $true, $true
        $test.System, $test.Repository, $test.Problem | Should -Be LogScale, logs, $null
        $server.LiveJobCount | Should -Be 0
    }

    It 'says that the token is not accepted, without an error' {
        $test = Connect-LogScale $server.BaseUrl -Repository logs -Token $wrong | Test-LogScaleConnection -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $test.IsReachable, $test.IsTokenAccepted, $test.IsSuccessful | Should -Be $true, $false, $false
        $test.IsSearchable | Should -Be $null
        $test.ErrorId | Should -Be Unauthorized
        $test.RecommendedAction | Should -BeLike 'Connect-LogScale*'
        $test | Format-List * | Out-String | Should -Not -Match 'another-token'
    }

    It 'says that a repository does not exist, and tests several' {
        $null = $server | Connect-LogScale
        $tests = Test-LogScaleConnection -Repository logs, absent
        $tests.Repository | Should -Be logs, absent
        $tests.IsSearchable | Should -Be $true, $false
        $tests[1].IsTokenAccepted | Should -BeTrue
    }

    It 'says at once that a server is not reachable, with the default number of retries' {
        $gone = Start-LogScaleSimulator -EventCount 0
        $address = $gone.BaseUrl
        $gone | Stop-LogScaleSimulator
        $connection = Connect-LogScale $address -Repository logs -Token $token
        $test = $connection | Test-LogScaleConnection
        $test.IsReachable, $test.ErrorId | Should -Be $false, ConnectionFailed
        $test.IsTokenAccepted | Should -Be $null
        $connection | Test-LogScaleConnection -Quiet | Should -BeFalse
    }

    It 'tests NG-SIEM, Axiom and Falcon REST' {
        $falcon = $gateway | Connect-Falcon
        $axiom = $axiomServer | Connect-Axiom
        $falcon, $axiom | Test-LogScaleConnection -Quiet | Should -Be $true, $true
        ($falcon | Test-LogScaleConnection).IsSearchable | Should -BeTrue
        ($axiom | Test-LogScaleConnection).IsSearchable | Should -Be $null
        ($axiom | Test-LogScaleConnection -Repository demo).IsSearchable | Should -BeTrue
        ($axiom | Test-LogScaleConnection -Repository absent).IsSearchable | Should -BeFalse
        $gateway.LiveJobCount | Should -Be 0
    }

    It 'does not say that Axiom accepts a token after a 403' {
        $test = Connect-Axiom -BaseUrl $axiomServer.BaseUrl -Token $wrong | Test-LogScaleConnection -Repository demo
        $test.IsReachable, $test.IsSuccessful | Should -Be $true, $false
        $test.IsTokenAccepted | Should -Be $null
    }

    It 'says that Falcon refuses the sign-in' {
        $test = Connect-Falcon -BaseUrl $gateway.BaseUrl -ClientId unknown -ClientSecret $wrong | Test-LogScaleConnection
        $test.IsReachable, $test.IsTokenAccepted, $test.ErrorId | Should -Be $true, $false, FalconCredentialRefused
    }

    It 'of a closed connection is no error either' {
        $connection = $server | Connect-LogScale
        $connection.Dispose()
        $test = $connection | Test-LogScaleConnection
        $test.IsReachable, $test.ErrorId | Should -Be $false, NotConnected
    }

    It 'ends with NotConnected where there is nothing to test' {
        $shell = New-OtherPowerShell
        try {
            [void]$shell.AddScript('Test-LogScaleConnection').Invoke()
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }
}

Describe 'Get-LogScaleEvent' {
    It 'is Invoke-QueryJob' {
        . "$PSScriptRoot/Setup.ps1"
        (Get-Alias Get-LogScaleEvent).ResolvedCommandName | Should -Be Invoke-QueryJob
    }
}
