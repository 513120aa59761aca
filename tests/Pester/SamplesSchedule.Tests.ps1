# The samples for scheduled exports run as they are written. Task Scheduler and SecretManagement are stand-ins.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = (Resolve-Path "$PSScriptRoot/../../samples").Path
    $server = New-TestServer @{ EventCount = 20000; EventSpanHours = 48 }
}
AfterAll { Stop-LogScaleSimulator }

Describe 'The sample task' {
    BeforeAll {
        # Pester mocks only commands that exist.
        function New-ScheduledTaskAction($Execute, $Argument) { [pscustomobject]@{ Execute = $Execute; Argument = $Argument } }
        function New-ScheduledTaskTrigger([switch] $Once, $At, $RepetitionInterval) { [pscustomobject]@{ At = $At; RepetitionInterval = $RepetitionInterval } }
        function New-ScheduledTaskSettingsSet($MultipleInstances, [switch] $StartWhenAvailable, $ExecutionTimeLimit) { [pscustomobject]@{ MultipleInstances = $MultipleInstances } }
        function Register-ScheduledTask($TaskName, $Action, $Trigger, $Settings, $Description, [switch] $Force) {
            [pscustomobject]@{ TaskName = $TaskName; Action = $Action; Trigger = $Trigger; Settings = $Settings }
        }
        $folder = Join-Path (Resolve-Path $TestDrive).ProviderPath 'daily exports'
        $task = & "$samples/Register-DailyExport.ps1" -BaseUrl $server.BaseUrl -Repository $server.Repository -Folder $folder -Credential ([pscredential]::new('token', $server.Token)) -Module $ModulePath

        # What Task Scheduler does: a process with the command line of the action. Its exit code.
        function Start-Task {
            $start = [System.Diagnostics.ProcessStartInfo]::new($task.Action.Execute, $task.Action.Argument)
            $start.RedirectStandardError = $start.RedirectStandardOutput = $true
            $start.UseShellExecute = $false
            $process = [System.Diagnostics.Process]::Start($start)
            $script:said = $process.StandardOutput.ReadToEnd() + $process.StandardError.ReadToEnd()
            $process.WaitForExit()
            $process.ExitCode
        }
    }

    It 'is registered without the token in its command line, and never runs twice at once' {
        $task.Action.Argument | Should -Not -Match ([regex]::Escape([System.Net.NetworkCredential]::new('', $server.Token).Password))
        $task.Settings.MultipleInstances | Should -Be IgnoreNew
        $task.Trigger.RepetitionInterval | Should -Be ([timespan]'01:00:00')
    }

    It 'fails while the server fails, exports the day when it works again, and does not export it twice' {
        $server.AddFault('403', 'Create', 1, 1000)
        try { Start-Task | Should -Be 1 -Because $said }
        finally { $server.ClearFaults() }
        Start-Task | Should -Be 0 -Because (Get-Content "$folder/export.log" -Raw)

        $file = Get-Item "$folder/*.ndjson.gz"
        (Test-PagedExport $file).IsValid | Should -BeTrue
        (Get-Content "$file.manifest.json" -Raw | ConvertFrom-Json).counts.written | Should -BeGreaterThan 100
        $requests = $server.RequestCount
        Start-Task | Should -Be 0
        $server.RequestCount | Should -Be $requests
        Get-Content "$folder/export.log" | Should -HaveCount 3
        (Get-Content "$folder/export.log")[-1] | Should -Match 'is Complete: \d+ events$'
        $server.LiveJobCount | Should -Be 0
    }
}

Describe 'The sample with a vault' {
    BeforeAll {
        # The stand-in has the name and the parameters of the module, and one secret.
        $folder = New-Item -ItemType Directory "$TestDrive/Modules/Microsoft.PowerShell.SecretManagement"
        Set-Content "$folder/Microsoft.PowerShell.SecretManagement.psm1" @'
function Get-Secret {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $Name, [string] $Vault, [switch] $AsPlainText)
    if ("$Vault/$Name" -ne 'corporate/logscale') { Write-Error "The secret $Name was not found."; return }
    ConvertTo-SecureString 'simulator-token' -AsPlainText -Force
}
'@
        New-ModuleManifest "$folder/Microsoft.PowerShell.SecretManagement.psd1" -RootModule Microsoft.PowerShell.SecretManagement.psm1 -FunctionsToExport Get-Secret
        $before = $env:PSModulePath
        $env:PSModulePath = "$TestDrive/Modules" + [IO.Path]::PathSeparator + $env:PSModulePath
        $arguments = @{ BaseUrl = $server.BaseUrl; Repository = $server.Repository; Start = '48h' }
    }
    AfterAll { $env:PSModulePath = $before; Remove-Module Microsoft.PowerShell.SecretManagement -ErrorAction Ignore }

    It 'exports with the token of the vault, and closes its connection' {
        $export = & "$samples/VaultExport.ps1" @arguments -Path "$TestDrive/vault.ndjson"
        $export.State | Should -Be Complete
        @(Get-LogScaleConnection).BaseUrl | Should -HaveCount 1
    }

    It 'fails where the vault has no such secret, and makes no file' {
        { & "$samples/VaultExport.ps1" @arguments -Path "$TestDrive/none.ndjson" -SecretName other } | Should -Throw '*other*'
        Get-Item "$TestDrive/none*" | Should -BeNullOrEmpty
    }
}
