Describe 'Connections to several systems' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = Start-LogScaleSimulator -EventCount 4000 -EventSpanHours 1 -EventRatePerMinute 0
        $gateway = Start-LogScaleSimulator -Gateway -EventCount 300 -EventSpanHours 1

        # A connection to a system that has no cmdlets yet: it goes to the simulator and cannot be searched.
        function New-OtherConnection([string] $System) {
            $flags = [System.Reflection.BindingFlags]'Instance, NonPublic'
            $type = [LogScalePaging.ServerConnection]
            $service = $type.GetField('_service', $flags).GetValue(($server | Connect-LogScale))
            $type.GetConstructors($flags)[0].Invoke(@($service, $System))
        }

        # What its Connect cmdlet would do.
        function Set-Default($Connection) {
            $session = [LogScalePaging.ServerConnection].Assembly.GetType('LogScalePaging.Session')
            $current = $session.GetProperty('Current', [System.Reflection.BindingFlags]'Static, Public').GetValue($null)
            $session.GetMethod('Use').Invoke($current, @($Connection))
        }
    }
    BeforeEach { $axiom = New-OtherConnection Axiom }
    AfterEach { Disconnect-LogScale; Disconnect-Falcon }
    AfterAll { Stop-LogScaleSimulator }

    It 'refuses a connection to another system, and names both: <Name>' -ForEach @(
        @{ Name = 'Invoke-QueryJob'; Run = { Invoke-QueryJob '*' -Connection $axiom } }
        @{ Name = 'Invoke-QueryJobExport'; Run = { Invoke-QueryJobExport '*' "$TestDrive/x.json" -Connection $axiom } }
        @{ Name = 'New-QueryJob'; Run = { New-QueryJob '*' -Connection $axiom } }
        @{ Name = 'Get-QueryJob'; Run = { Get-QueryJob some-id -Connection $axiom } }
        @{ Name = 'Stop-QueryJob'; Run = { Stop-QueryJob some-id -Connection $axiom } }
        @{ Name = 'Disconnect-LogScale'; Run = { $axiom | Disconnect-LogScale } }
        @{ Name = 'Disconnect-Falcon'; Run = { Disconnect-Falcon -Connection $axiom }; Needs = 'a connection to Falcon. Use Connect-Falcon.' }
    ) {
        if (-not $Needs) { $Needs = 'a connection to LogScale or NG-SIEM. Use Connect-LogScale or Connect-Falcon.' }
        $caught = try { & $Run } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'WrongSystem,*'
        "$caught" | Should -Be "This connection is to Axiom. $Name requires $Needs"
        "$TestDrive/x.json*" | Should -Not -Exist
        $axiom.IsOpen | Should -BeTrue
    }

    It 'takes connections to LogScale and to NG-SIEM' {
        foreach ($connection in ($server | Connect-LogScale), ($gateway | Connect-Falcon)) {
            $connection | Should -BeOfType LogScalePaging.ServerConnection
            @(Invoke-QueryJob '*' -Start 2h -First 3 -Connection $connection).Count | Should -Be 3
        }
    }

    It 'uses the last connection that supports the cmdlet' {
        $falcon = $gateway | Connect-Falcon
        Set-Default $axiom
        "$(Invoke-QueryJob 'count()' -Start 1h -Verbose 4>&1)" | Should -BeLike "*Connection: NG-SIEM, $falcon*"
        $logscale = $server | Connect-LogScale
        Set-Default $axiom
        "$(Invoke-QueryJob 'count()' -Start 1h -Verbose 4>&1)" | Should -BeLike "*Connection: LogScale, $logscale*"
    }

    It 'says that it is not connected if only another system is connected' {
        Disconnect-LogScale
        Set-Default $axiom
        $caught = try { Invoke-QueryJob 'count()' } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        "$caught" | Should -BeLike 'Not connected. Run Connect-LogScale*'
    }

    Context 'Exports' {
        BeforeAll { Push-Location $TestDrive }
        AfterAll { Pop-Location }

        It 'are resumed and counted again on the connection for their system' {
            $logscale = $server | Connect-LogScale -MaxRetryCount 0
            $server.AddFault('500', 'Poll', 6, 1000)
            $broken = Invoke-QueryJobExport $Query part.ndjson -Start 2h -Strategy Around -PageSize 100 -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $server.ClearFaults()
            $broken.PartialPath | Should -Exist
            Set-Default $axiom
            $said = Resume-QueryJobExport part.ndjson -RequireComplete -Verbose 4>&1
            "$said" | Should -BeLike "*Connection: LogScale, $logscale*"
            ($said | Where-Object { $_ -is [LogScalePaging.ExportResult] }).State | Should -Be Complete
            $said = Test-QueryJobExport part.ndjson -Recount -Verbose 4>&1
            "$said" | Should -BeLike "*Connection: LogScale, $logscale*"
            ($said | Where-Object { $_ -is [LogScalePaging.ExportVerification] }).IsValid | Should -BeTrue
        }
    }
}

Describe 'The names of the cmdlets for exports' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }

    It 'has the alias <Alias> for <Name>' -ForEach @(
        @{ Name = 'Resume-PagedExport'; Alias = 'Resume-QueryJobExport' }
        @{ Name = 'Test-PagedExport'; Alias = 'Test-QueryJobExport' }
    ) {
        (Get-Command -Module LogScalePaging -CommandType Cmdlet).Name | Should -Contain $Name
        $alias = Get-Command -Module LogScalePaging -CommandType Alias -Name $Alias
        $alias.ResolvedCommand.Name | Should -Be $Name
        (Get-Help $Alias).Name | Should -Be $Name
    }
}
