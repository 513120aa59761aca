# The engine's messages hold both names of an option: -Force (--force). The module shows the names of parameters only.
Describe 'Names of options' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventCount = 300 }
        $names = Get-EngineType LogScalePaging.Common.OptionNames
        $pairs = @($names::All)
        $both = @($pairs | ForEach-Object { "$($_.Item1) ($($_.Item2))" }) -join ', '
        $ours = @($pairs | ForEach-Object Item1) -join ', '
        Push-Location $TestDrive
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    It 'are parameters of the module' {
        $pairs.Count | Should -BeGreaterThan 10
        $parameters = (Get-Command -Module LogScalePaging).Parameters.Keys | Sort-Object -Unique
        $pairs | ForEach-Object { $_.Item1.Substring(1) | Should -BeIn $parameters }
    }

    It 'show no flag in an error' {
        $record = $ModuleAssembly.GetType('LogScalePaging.ErrorRecords').GetMethods().Where({ $_.Name -eq 'Of' })[0]
        $error1 = $record.Invoke($null, @([System.IO.IOException]::new("$both`nline 2`n$both"), $null, $true, $null))
        $error1.Exception.Message | Should -BeExactly "$ours`nline 2`n$ours"
        $error1.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape($ours))
        $error1.ErrorDetails.RecommendedAction | Should -Not -Match '--[a-z]'
    }

    It 'show no flag in a finding' {
        $finding = (Get-EngineType LogScalePaging.Export.Verification.VerificationFinding).GetConstructors()[0].Invoke(@('Manifest', $false, 'a', 'b', $both))
        $constructor = [LogScalePaging.ExportFinding].GetConstructors([System.Reflection.BindingFlags]'Instance, NonPublic')[0]
        $constructor.Invoke(@($finding)).Detail | Should -BeExactly $ours
    }

    It 'show no flag in warnings, verbose lines and results' {
        $null = Invoke-QueryJobExport '*' -Start 2h -Path empty.json -Property '@id', absent -Verbose -WarningVariable warnings 3>$null 4>&1
        "$warnings" | Should -Match 'of -Property\. Field'
        $output = Invoke-QueryJobExport '*' -Start 2h -Path again.json -Property '@id', absent -NoVerify -WarningAction SilentlyContinue -Verbose 4>&1
        $output | ForEach-Object { "$_" | Should -Not -Match '(?<![\w-])--[a-z]' }
        $result = $output | Where-Object { $_ -is [LogScalePaging.ExportResult] }
        $result.Warnings -join ' ' | Should -Match 'of -Property\. Field'
        $result.Reason | Should -Be 'no count was requested'
    }

    It 'show no flag in a common error' {
        $null = Invoke-QueryJobExport '*' -Start 2h -Path there.json
        $caught = try { Invoke-QueryJobExport '*' -Start 2h -Path there.json } catch { $_ }
        "$caught" | Should -Match 'use -Force to replace'
    }
}
