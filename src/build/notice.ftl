<#--
  NOTICE as the build writes it: the libraries that are shipped, each with its licences as its own pom names them.
-->
<#function licences of>
  <#local text = "">
  <#list of as licence><#local text = text + (text == "")?then("", ", ") + licence></#list>
  <#return text>
</#function>
Tidewatch

Licensed under the Apache License, Version 2.0; see LICENSE.

This product is shipped with these libraries, each under its own licence:

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.groupId}:${project.artifactId} ${project.version} (${licences(entry.getValue())})
</#list>
