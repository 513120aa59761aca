BeforeDiscovery {
    Import-Module $env:LOGSCALEPAGING_MODULE
    $pages = "$PSScriptRoot/../../docs/commands"
    $cmdlets = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object {
        @{ Name = $_.Name; Cmdlet = $_; Page = "$pages/$($_.Name).md" }
    }
}

Describe 'The help' {
    It 'has a page for each cmdlet, and no others' {
        $names = (Get-ChildItem "$PSScriptRoot/../../docs/commands" -Filter *.md).BaseName
        $names | Sort-Object | Should -Be ((Get-Command -Module LogScalePaging -CommandType Cmdlet).Name | Sort-Object)
    }
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $text = (Get-Content $Page -Raw -Encoding utf8) -replace '\r'
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + 'ProgressAction'
    }

    It 'has no text that is still to be written' { $text | Should -Not -Match '\{\{' }

    It 'shows the syntax of Get-Command' {
        # The page has names of types as Get-Help shows them: <Int32>, where Get-Command has <int>.
        $expected = @(Get-Command $Name -Syntax) -split '\r?\n' -match '\S' | ForEach-Object {
            $line = $_.Trim() -replace ' \[-PipelineInput <psobject>\]'
            [regex]::Replace($line, '(?<=<)[^<>]+(?=>)', { param($m) if ($type = $m.Value -as [type]) { $type.Name } else { $m.Value } })
        }
        $section = [regex]::Match($text, '(?ms)^## SYNTAX$(.*?)^## ').Groups[1].Value
        $shown = [regex]::Matches($section, '(?ms)^```\n(.*?)\n```$') | ForEach-Object { $_.Groups[1].Value -replace '\n' }
        $shown | Should -BeExactly $expected
    }

    It 'lists the parameters that the cmdlet has' {
        $shown = [regex]::Matches($text, '(?m)^### -(\w+)$') | ForEach-Object { $_.Groups[1].Value }
        $expected = $Cmdlet.Parameters.Keys | Where-Object { $_ -notin ($common + 'PipelineInput') }
        $shown | Sort-Object | Should -BeExactly ($expected | Sort-Object)
    }

    It 'states the default values that the cmdlet has' {
        $fresh = $Cmdlet.ImplementingType::new()
        try {
            foreach ($parameter in (Get-Help $Name).parameters.parameter) {
                $property = $Cmdlet.ImplementingType.GetProperty($parameter.name)
                $value = if ($property) { $property.GetValue($fresh) }
                # Null, 0 and "" mean that the value is decided later.
                if ($value -and $value -ne [timespan]::Zero) { $parameter.defaultValue | Should -Be "$value" -Because "-$($parameter.name) has this default" }
            }
        }
        finally { if ($fresh -is [System.IDisposable]) { $fresh.Dispose() } }
    }

    It 'has examples that PowerShell can parse' {
        $blocks = [regex]::Matches($text, '(?ms)^```powershell\n(.*?)\n```$')
        $blocks.Count | Should -BeGreaterThan 0
        foreach ($block in $blocks) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($block.Groups[1].Value, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
        }
    }

    It 'is the text of its page' {
        $synopsis = [regex]::Match($text, '(?ms)^## SYNOPSIS$\s*(.*?)\s*^## ').Groups[1].Value -replace '\n', ' ' -replace '`'
        (Get-Help $Name).Synopsis | Should -BeExactly $synopsis
    }
}
